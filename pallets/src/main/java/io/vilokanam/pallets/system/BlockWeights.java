package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * How much weight blocks and their extrinsics may use ({@code frame_system::limits::BlockWeights}).
 *
 * @param baseBlock what a block costs without any extrinsic
 */
public record BlockWeights(Weight baseBlock, Weight maxBlock, PerDispatchClass<OfClass> perClass) {

    /**
     * The limits of one class of calls.
     *
     * @param baseExtrinsic what an extrinsic costs beside its call and its extensions
     * @param maxExtrinsic the most that one extrinsic may use
     * @param maxTotal the most that the class may use in a block; empty: as much as it likes
     * @param reserved what the class may use though the block is full; empty: as much as it likes
     */
    public record OfClass(Weight baseExtrinsic, Optional<Weight> maxExtrinsic, Optional<Weight> maxTotal,
            Optional<Weight> reserved) {

        private static final Codec<Optional<Weight>> OPTIONAL_WEIGHT = Codecs.option(Weight.CODEC);

        static final Codec<OfClass> CODEC = struct(OfClass::new,
                field("base_extrinsic", "Weight", Weight.CODEC, OfClass::baseExtrinsic),
                field("max_extrinsic", "Option<Weight>", OPTIONAL_WEIGHT, OfClass::maxExtrinsic),
                field("max_total", "Option<Weight>", OPTIONAL_WEIGHT, OfClass::maxTotal),
                field("reserved", "Option<Weight>", OPTIONAL_WEIGHT, OfClass::reserved))
                .named("frame_system::limits::WeightsPerClass");
    }

    static final Codec<BlockWeights> CODEC = struct(BlockWeights::new,
            field("base_block", "Weight", Weight.CODEC, BlockWeights::baseBlock),
            field("max_block", "Weight", Weight.CODEC, BlockWeights::maxBlock),
            field("per_class", "PerDispatchClass<WeightsPerClass>", PerDispatchClass.codec(OfClass.CODEC),
                    BlockWeights::perClass))
            .named("frame_system::limits::BlockWeights");

    /** What executing an empty block cost on FRAME's reference machine. */
    public static final Weight BLOCK_EXECUTION = new Weight(431_614_000L, 0);

    /** What executing an extrinsic that does nothing cost on FRAME's reference machine. */
    public static final Weight EXTRINSIC_BASE = new Weight(108_157_000L, 0);

    /** The share of a block, in percent, that FRAME sets aside for hooks when it limits single extrinsics. */
    private static final int INITIALISATION_PERCENT = 10;

    /**
     * Normal calls may use {@code normalPercent} of a block, operational ones the whole, and what normal ones cannot use is
     * theirs in any case; mandatory ones are not limited ({@code BlockWeights::with_sensible_defaults}).
     */
    public static BlockWeights of(Weight maxBlock, int normalPercent) {
        Weight normal = percent(maxBlock, normalPercent);
        return new BlockWeights(BLOCK_EXECUTION, maxBlock,
                new PerDispatchClass<>(limited(maxBlock, normal, Weight.ZERO),
                        limited(maxBlock, maxBlock, maxBlock.minus(normal)),
                        new OfClass(EXTRINSIC_BASE, Optional.empty(), Optional.empty(), Optional.empty())));
    }

    private static OfClass limited(Weight maxBlock, Weight maxTotal, Weight reserved) {
        Weight maxExtrinsic = maxTotal.minus(percent(maxBlock, INITIALISATION_PERCENT)).minus(EXTRINSIC_BASE);
        return new OfClass(EXTRINSIC_BASE, Optional.of(maxExtrinsic), Optional.of(maxTotal), Optional.of(reserved));
    }

    private static Weight percent(Weight weight, int percent) {
        return new Weight(percent(weight.refTime(), percent), percent(weight.proofSize(), percent));
    }

    private static long percent(long value, int percent) {
        return U128.of(value).scaledBy(U128.of(percent), U128.of(100)).low();
    }

    public OfClass get(DispatchClass dispatchClass) {
        return perClass.get(dispatchClass);
    }
}
