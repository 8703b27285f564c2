package io.vilokanam.node.cli.tick;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeDefinition;

/**
 * What the events of a block tell of a stream's income beside viewing: tips, and subscriptions that were bought. The chain's metadata
 * says how to pass over all others.
 */
final class StreamEvents {

    /** Where the chain keeps the events of its newest block. */
    static final Bytes KEY = ChainClient.systemItem("Events").toBytes();

    private static final String PALLET = "TickStream";
    /** In the phase of an extrinsic its number follows. */
    private static final int OF_EXTRINSIC = 0;
    private static final Codec<List<Hash>> TOPICS = Codecs.vec(Hash.CODEC);

    private final TypeDefinition.Enumeration pallets;

    private StreamEvents(TypeDefinition.Enumeration pallets) {
        this.pallets = pallets;
    }

    /** @throws ScaleException where this is no metadata of version 14 with events */
    static StreamEvents of(byte[] metadata) throws ScaleException {
        if (MetadataTypes.read(metadata).named("RuntimeEvent")
                .orElse(null) instanceof TypeDefinition.Enumeration pallets) {
            return new StreamEvents(pallets);
        }
        throw new ScaleException("the metadata tells of no events");
    }

    /**
     * One line for each tip and subscription.
     *
     * @param events what is stored under {@link #KEY}
     * @param fee the platform's share of what is no tip
     * @throws ScaleException where these are no events of this runtime
     */
    List<String> read(byte[] events, long stream, Permill fee) throws ScaleException {
        ScaleInput in = new ScaleInput(events);
        List<String> lines = new ArrayList<>();
        for (long left = in.compactU32(); left > 0; left--) {
            if (in.u8() == OF_EXTRINSIC) {
                in.u32();
            }
            TypeDefinition.Variant pallet = SkippedValue.variant(pallets, in);
            boolean isOurs = pallet.name().equals(PALLET);
            if (isOurs && pallet.fields().getFirst().type().definition()
                    .get() instanceof TypeDefinition.Enumeration ours) {
                line(SkippedValue.variant(ours, in), in, stream, fee).ifPresent(lines::add);
            } else {
                SkippedValue.skip(pallet, in);
            }
            TOPICS.decode(in);
        }
        in.expectEnd();
        return lines;
    }

    private static Optional<String> line(TypeDefinition.Variant event, ScaleInput in, long stream, Permill fee)
            throws ScaleException {
        return switch (event.name()) {
            case "Tipped" -> {
                boolean isHere = in.u64() == stream;
                AccountId from = AccountId.CODEC.decode(in);
                U128 amount = in.u128();
                String told = "  tip of " + gift(amount, in.u128(), from);
                yield isHere ? Optional.of(told) : Optional.empty();
            }
            case "Subscribed" -> {
                boolean isHere = in.u64() == stream;
                AccountId viewer = AccountId.CODEC.decode(in);
                Tier tier = Tier.CODEC.decode(in);
                in.u64();
                String told = "  subscription of " + tier.days() + " days for "
                        + gift(tier.price(), fee.of(tier.price()), viewer);
                yield isHere ? Optional.of(told) : Optional.empty();
            }
            default -> {
                SkippedValue.skip(event, in);
                yield Optional.empty();
            }
        };
    }

    private static String gift(U128 amount, U128 fee, AccountId from) {
        return Vlk.format(amount) + " from " + ChainClient.address(from) + ", yours " + Vlk.number(amount.minus(fee));
    }
}
