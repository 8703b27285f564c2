package io.vilokanam.offchain.settler;

import io.vilokanam.scale.U128;

/**
 * When a session is worth settling. Sessions that close or are about to expire always are.
 *
 * @param intervalBlocks how many blocks after its last settlement a session with new words is due again
 * @param largeValue plancks from which unsettled words do not wait for the interval
 * @param validBlocks for how many blocks a batch may wait in the pool
 */
public record SettlementPolicy(long intervalBlocks, U128 largeValue, long validBlocks) {

    /** Creators of a development chain see their money after three blocks. */
    public static final SettlementPolicy DEVELOPMENT = new SettlementPolicy(3, U128.MAX, 6);

    /** Five minutes of 2-second blocks, or ten VLK at 12 decimals. */
    public static final SettlementPolicy STANDARD = new SettlementPolicy(150, U128.of(10_000_000_000_000L), 6);
}
