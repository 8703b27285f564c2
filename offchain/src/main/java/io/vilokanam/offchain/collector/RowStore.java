package io.vilokanam.offchain.collector;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.scale.Bytes;

/** Where the collector's rows outlive the process. One thread at a time. */
public interface RowStore extends Closeable {

    /** Where nothing outlives the process. */
    RowStore NONE = new RowStore() {
        @Override
        public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
            return 0;
        }

        @Override
        public void write(RowChanges changes) {
            // The chain is forgotten with the process, and its sessions too.
        }
    };

    /**
     * Shows all sessions that are stored, with their close secrets; called once, before anything is written. A session may be shown
     * twice: the newer word counts.
     *
     * @return how many entries cannot be read
     */
    int forEach(BiConsumer<KnownSession, Optional<Bytes>> action);

    /** Takes over changes; at the latest with {@link #written} they survive the end of the process. */
    void write(RowChanges changes);

    /** Whether changes were lost that the store should have, so that it needs all rows again; asked before each write. */
    default boolean isBehind() {
        return false;
    }

    @Override
    default void close() throws IOException {
        // Most have nothing to close.
    }

    /** All changes up to now were handed over. */
    default void written() {
        // A store that writes at once has nothing more to do.
    }
}
