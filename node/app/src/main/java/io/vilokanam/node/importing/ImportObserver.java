package io.vilokanam.node.importing;

/** Hears how long imports of foreign blocks take. Called under the chain's lock; only takes note. */
public interface ImportObserver {

    /** Nobody who cares. */
    ImportObserver NONE = (_, _, _) -> {};

    /**
     * A block was looked at.
     *
     * @param verifyNanos how long what its header claims was checked; 0 where it came not that far
     * @param nanos how long all of it took
     */
    void imported(ImportVerdict verdict, long verifyNanos, long nanos);
}
