package io.vilokanam.consensus.aura;

/**
 * Slower authoring where finality lags behind ({@code sc_consensus_slots}, {@code BackoffAuthoringOnFinalizedHeadLagging}): so
 * much that is not final is not made ever longer by blocks that may all be lost.
 *
 * @param unfinalisedSlack so many blocks that are not final are borne
 * @param authoringBias of so many more, one slot is passed over
 * @param slotsMax so many slots at most are passed over
 */
public record BackOff(long unfinalisedSlack, long authoringBias, long slotsMax) {

    /** The numbers of stock nodes. */
    public static final BackOff STOCK = new BackOff(50, 2, 100);

    /**
     * Whether a slot is to be passed over.
     *
     * @param headSlot the slot of the best block
     */
    public boolean isDue(long slot, long headNumber, long headSlot, long finalisedNumber) {
        long unfinalised = Math.max(0, headNumber - finalisedNumber);
        long pause = Math.min(slotsMax, Math.max(0, unfinalised - unfinalisedSlack) / authoringBias);
        return slot > headSlot && slot <= headSlot + pause;
    }
}
