package io.vilokanam.node.network.sync;

/**
 * Finds the highest block that a peer's chain has in common with ours: first in steps that double, then by halving
 * ({@code sc_network_sync}, {@code AncestorSearchState}). The finalised block is the deepest that is tried.
 */
final class AncestorSearch {

    /** What a probe led to. */
    sealed interface Step {

        /** Look at this height next. */
        record Probe(long number) implements Step {}

        record Found(long number) implements Step {}

        /** The peer's chain does not have our finalised block. */
        record Foreign() implements Step {}
    }

    private final long floor;
    private long probe;
    private long stride = 1;
    private long highestSame = -1;
    private long lowestOther = -1;

    /**
     * @param start the lower of our best number and the peer's
     * @param floor the number of the finalised block
     */
    AncestorSearch(long start, long floor) {
        this.floor = floor;
        this.probe = Math.max(start, floor);
    }

    /** The height to look at. */
    long probe() {
        return probe;
    }

    /** Takes whether the peer's block at the probed height is ours. */
    Step next(boolean isSame) {
        if (isSame) {
            highestSame = probe;
        } else {
            lowestOther = probe;
        }
        if (highestSame >= 0 && (lowestOther < 0 || lowestOther == highestSame + 1)) {
            return new Step.Found(highestSame);
        }
        if (highestSame < 0) {
            if (probe == floor) {
                return new Step.Foreign();
            }
            probe = Math.max(floor, probe - stride);
            stride *= 2;
        } else {
            probe = highestSame + (lowestOther - highestSame) / 2;
        }
        return new Step.Probe(probe);
    }
}
