package io.vilokanam.node.importing;

import java.util.Optional;

import io.vilokanam.node.storage.PruningMode;

/**
 * What of a chain is kept.
 *
 * @param isStored whether states are written to the store, and not in memory alone, where those of lost blocks never
 *        stay
 * @param states of which final blocks the state is kept; empty: as the store was opened before, in a new one the last 256
 * @param blocks of which blocks the body is kept; empty: as the store was opened before, in a new one all final ones
 */
public record Keeping(boolean isStored, Optional<PruningMode> states, Optional<PruningMode> blocks) {

    /** States in memory alone: those of the last final blocks. */
    public static Keeping inMemory(int finalKept) {
        return new Keeping(false, Optional.of(new PruningMode.Last(finalKept)), Optional.empty());
    }

    /** All states on disk. */
    public static Keeping archive() {
        return new Keeping(true, Optional.of(new PruningMode.Archive()), Optional.empty());
    }

    /** States on disk, pruned as said. */
    public static Keeping onDisk(Optional<PruningMode> states, Optional<PruningMode> blocks) {
        return new Keeping(true, states, blocks);
    }
}
