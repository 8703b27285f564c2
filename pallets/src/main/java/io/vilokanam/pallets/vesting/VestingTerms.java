package io.vilokanam.pallets.vesting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * One schedule ({@code pallet_vesting::VestingTerms}).
 *
 * @param locked plancks at the start
 * @param perBlock plancks that become free with every block behind the start
 * @param startingBlock u32
 */
public record VestingTerms(U128 locked, U128 perBlock, long startingBlock) {

    public static final Codec<VestingTerms> CODEC = struct(VestingTerms::new,
            field("locked", "Balance", Codecs.U128, VestingTerms::locked),
            field("per_block", "Balance", Codecs.U128, VestingTerms::perBlock),
            field("starting_block", "BlockNumber", Codecs.U32, VestingTerms::startingBlock))
            .named("pallet_vesting::vesting_info::VestingInfo", TypeParameter.of("Balance", Codecs.U128.type()),
                    TypeParameter.of("BlockNumber", Codecs.U32.type()));

    boolean isValid() {
        return !locked.isZero() && !perBlock.isZero();
    }

    /** At least one planck a block, so that every schedule ends. */
    private U128 pace() {
        return perBlock.max(U128.ONE);
    }

    /** What is still locked at a block. */
    U128 lockedAt(long number) {
        U128 blocks = U128.of(Math.max(0, number - startingBlock));
        return locked.saturatingMinus(blocks.saturatingTimes(pace()));
    }

    /** The first block at which nothing is locked any more; may lie beyond the last block that there can be. */
    U128 endingBlock() {
        U128 start = U128.of(startingBlock);
        if (pace().isAtLeast(locked)) {
            return start.saturatingPlus(U128.ONE);
        }
        U128 whole = locked.dividedBy(pace());
        boolean even = whole.times(pace()).equals(locked);
        return start.saturatingPlus(even ? whole : whole.plus(U128.ONE));
    }
}
