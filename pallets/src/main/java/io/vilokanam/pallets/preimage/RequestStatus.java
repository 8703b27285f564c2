package io.vilokanam.pallets.preimage;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.fungible.HoldConsideration;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What is known of a hash: whether the bytes are there, who paid for them, and how often they are requested. */
sealed interface RequestStatus {

    /** Somebody put the bytes on the chain for a deposit and may take them off again. */
    record Unrequested(Ticket ticket, long length) implements RequestStatus {}

    /**
     * The chain wants the bytes.
     *
     * @param ticket of who put them there before they were requested, until taken back
     * @param count of the requests
     * @param length where the bytes are there
     */
    record Requested(Optional<Ticket> ticket, long count, Optional<Long> length) implements RequestStatus {}

    /** Whose deposit, and how much. */
    record Ticket(AccountId owner, HoldConsideration deposit) {

        private static final Codec<HoldConsideration> DEPOSIT = HoldConsideration.codec("Preimage");

        /** {@code (AccountId, Ticket)}. */
        private static final Codec<Ticket> CODEC = struct(Ticket::new, field(AccountId.CODEC, Ticket::owner),
                field(DEPOSIT, Ticket::deposit)).tuple();
    }

    /** The length of the bytes where they are there. */
    default Optional<Long> knownLength() {
        return switch (this) {
            case Unrequested(Ticket _, long length) -> Optional.of(length);
            case Requested(Optional<Ticket> _, long _, Optional<Long> length) -> length;
        };
    }

    Codec<RequestStatus> CODEC = Variants.of(RequestStatus.class)
            .with(0, "Unrequested", Unrequested.class,
                    struct(Unrequested::new,
                            field("ticket", "(AccountId, Ticket)", Ticket.CODEC, Unrequested::ticket),
                            field("len", "u32", Codecs.U32, Unrequested::length)))
            .with(1, "Requested", Requested.class,
                    struct(Requested::new,
                            field("maybe_ticket", "Option<(AccountId, Ticket)>", Codecs.option(Ticket.CODEC),
                                    Requested::ticket),
                            field("count", "u32", Codecs.U32, Requested::count),
                            field("maybe_len", "Option<u32>", Codecs.option(Codecs.U32), Requested::length)))
            .complete().named("pallet_preimage::RequestStatus",
                    TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("Ticket", Ticket.DEPOSIT.type()));

    /** The forerunner, whose deposits are reserves; entries become {@link RequestStatus} when they are next looked at. */
    sealed interface Old {

        record Unrequested(Map.Entry<AccountId, U128> deposit, long length) implements Old {}

        record Requested(Optional<Map.Entry<AccountId, U128>> deposit, long count,
                Optional<Long> length) implements Old {}

        Codec<Old> CODEC = codec();

        private static Codec<Old> codec() {
            var deposit = Codecs.tuple(AccountId.CODEC, Codecs.U128);
            return Variants.of(Old.class)
                    .with(0, "Unrequested", Old.Unrequested.class,
                            struct(Old.Unrequested::new,
                                    field("deposit", "(AccountId, Balance)", deposit, Old.Unrequested::deposit),
                                    field("len", "u32", Codecs.U32, Old.Unrequested::length)))
                    .with(1, "Requested", Old.Requested.class,
                            struct(Old.Requested::new,
                                    field("deposit", "Option<(AccountId, Balance)>", Codecs.option(deposit),
                                            Old.Requested::deposit),
                                    field("count", "u32", Codecs.U32, Old.Requested::count),
                                    field("len", "Option<u32>", Codecs.option(Codecs.U32), Old.Requested::length)))
                    .complete().named("pallet_preimage::OldRequestStatus",
                            TypeParameter.of("AccountId", AccountId.CODEC.type()),
                            TypeParameter.of("Balance", Codecs.U128.type()));
        }
    }
}
