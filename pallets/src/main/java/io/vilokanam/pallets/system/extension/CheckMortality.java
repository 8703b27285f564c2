package io.vilokanam.pallets.system.extension;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** In which blocks the transaction may stand, counted from a block that it names ({@code frame_system::CheckMortality}). */
public final class CheckMortality implements Passing<Era, Hash> {

    private static final Codec<Era> CODEC = struct((Era era) -> era, field("", "Era", Era.CODEC, era -> era))
            .named("frame_system::extensions::check_mortality::CheckMortality", TypeParameter.skipped("T"));

    private final FrameSystem<?> system;
    private final ExtensionWeights weights;

    public CheckMortality(FrameSystem<?> system) {
        this.system = system;
        this.weights = new ExtensionWeights(system.dbWeight());
    }

    @Override
    public String identifier() {
        return "CheckMortality";
    }

    @Override
    public Codec<Era> codec() {
        return CODEC;
    }

    @Override
    public Codec<Hash> implicitCodec() {
        return Hash.CODEC;
    }

    /** The hash of the block of birth. */
    @Override
    public Hash implicit(Externalities ext, Era era) throws ValidityException {
        return system.findBlockHash(ext, era.birth(system.blockNumber(ext)))
                .orElseThrow(() -> new ValidityException(new InvalidTransaction.AncientBirthBlock()));
    }

    @Override
    public Weight weight(Era era, RuntimeCall call) {
        return weights.checkMortality(era instanceof Era.Immortal);
    }

    @Override
    public Validated<Unit> validate(Externalities ext, Era era, Origin origin, Transaction transaction) {
        long current = system.blockNumber(ext);
        long death = era.death(current);
        long longevity = Long.compareUnsigned(death, current) > 0 ? death - current : 0;
        return new Validated<>(ValidTransaction.DEFAULT.withLongevity(longevity), Unit.UNIT, origin);
    }
}
