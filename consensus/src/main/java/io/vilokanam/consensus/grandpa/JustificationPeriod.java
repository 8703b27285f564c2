package io.vilokanam.consensus.grandpa;

/**
 * Which finalised blocks keep their justification ({@code should_process_justification}).
 *
 * @param blocks one in so many blocks does, at least 1
 */
public record JustificationPeriod(long blocks) {

    /** What the chain's stock nodes use. */
    public static final JustificationPeriod STOCK = new JustificationPeriod(512);

    public JustificationPeriod {
        if (blocks < 1) {
            throw new IllegalArgumentException("a period has at least 1 block, got " + blocks);
        }
    }

    /**
     * Always where the authority set changes and for the first block finalised, else for the first in a new period.
     *
     * @param lastFinalized the height that was final before
     */
    public boolean keeps(long number, long lastFinalized, boolean enactsChange) {
        return enactsChange || lastFinalized == 0 || lastFinalized / blocks != number / blocks;
    }
}
