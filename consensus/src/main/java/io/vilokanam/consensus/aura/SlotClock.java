package io.vilokanam.consensus.aura;

/**
 * Slot arithmetic: slot {@code s} lasts from {@code s * duration} to {@code (s + 1) * duration}, in milliseconds of
 * Unix time. Knows no clock; every question brings its time along.
 *
 * @param durationMillis what {@code AuraApi_slot_duration} answers, at least 1
 */
public record SlotClock(long durationMillis) {

    /** An author spends at most this part of a slot on building, as {@code SlotProportion(2/3)} of stock nodes. */
    private static final long PROPOSING_NUMERATOR = 2;
    private static final long PROPOSING_DENOMINATOR = 3;

    public SlotClock {
        if (durationMillis < 1) {
            throw new IllegalArgumentException("a slot lasts at least 1 ms, got " + durationMillis);
        }
    }

    /** The slot at the given time; times before 1970 belong to slot 0. */
    public long slotAt(long nowMillis) {
        return Math.max(0, nowMillis) / durationMillis;
    }

    /** When {@code slot} begins. */
    public long startOf(long slot) {
        return Math.multiplyExact(slot, durationMillis);
    }

    /** When the slot after the present one begins: always later than {@code nowMillis}. */
    public long nextSlotStart(long nowMillis) {
        return startOf(slotAt(nowMillis) + 1);
    }

    /**
     * Until when the author of {@code slot} may go on building: two thirds of a slot from now, never beyond the slot's
     * end.
     */
    public long proposalDeadline(long slot, long nowMillis) {
        long budget = durationMillis * PROPOSING_NUMERATOR / PROPOSING_DENOMINATOR;
        return Math.min(startOf(slot + 1), nowMillis + budget);
    }
}
