package io.vilokanam.node.importing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.trie.NodeCache;
import io.vilokanam.trie.NodeStore;
import io.vilokanam.trie.TrieStoreException;

/**
 * The states of blocks. In memory stand those of all blocks that are not final and of the last final ones; where states are
 * stored on disk, older ones are read from there. A pinned state stays whatever happens. Safe for several threads.
 */
public final class States {

    /** Every so many blocks a stored state is let go of and read again as it is used, so that memory stays bounded. */
    private static final int UNLOAD_INTERVAL = 64;

    /**
     * What is kept.
     *
     * @param finalKept how many final states stay in memory
     * @param isStored whether states are written to disk
     */
    public record Keeping(int finalKept, boolean isStored) {

        /** As {@code --state-pruning 256}: in memory alone. */
        public static Keeping inMemory(int finalKept) {
            return new Keeping(finalKept, false);
        }

        /** All states on disk, the last few final ones at hand. */
        public static Keeping archive() {
            return new Keeping(UNLOAD_INTERVAL, true);
        }
    }

    private static final class Kept {
        private final ChainState state;
        private int pins;
        private boolean isExpired;

        private Kept(ChainState state) {
            this.state = state;
        }
    }

    private final Keeping keeping;
    private final ChainStore store;
    private final NodeStore nodes;
    private final Map<Hash, Kept> states = new HashMap<>();
    private final Deque<Hash> finals = new ArrayDeque<>();

    States(ChainStore store, Keeping keeping) {
        this.store = store;
        this.keeping = keeping;
        this.nodes = keeping.isStored() ? new NodeCache(store.stateNodes(), NodeCache.DEFAULT_MAX_BYTES)
                : NodeStore.EMPTY;
    }

    boolean isStored() {
        return keeping.isStored();
    }

    /** Notes the state of a block that was just written. */
    synchronized void add(Hash block, long number, ChainState state) {
        boolean isUnloaded = keeping.isStored() && number % UNLOAD_INTERVAL == 0;
        states.put(block, new Kept(isUnloaded ? state.unloaded(nodes) : state));
    }

    /** A block became final: of the final ones, the oldest goes when there are too many. */
    synchronized void finalised(Hash block) {
        finals.addLast(block);
        while (finals.size() > keeping.finalKept()) {
            drop(finals.removeFirst());
        }
    }

    synchronized void drop(Hash block) {
        Kept kept = states.get(block);
        if (kept != null && kept.pins > 0) {
            kept.isExpired = true;
        } else {
            states.remove(block);
        }
    }

    /** The state of a block; empty where it is kept no more, or the block is not known. */
    public Optional<ChainState> at(Hash block) {
        synchronized (this) {
            Kept kept = states.get(block);
            if (kept != null) {
                return Optional.of(kept.state);
            }
        }
        return keeping.isStored() ? store.header(block).flatMap(this::stored) : Optional.empty();
    }

    private Optional<ChainState> stored(Header header) {
        try {
            return Optional.of(ChainState.open(header.stateRoot().toArray(), nodes));
        } catch (TrieStoreException missing) {
            if (nodes.node(header.stateRoot().toArray()) == null) {
                return Optional.empty();
            }
            throw missing;
        }
    }

    /** Keeps a state until {@link #unpin} was called as often; false where there is none. */
    public synchronized boolean pin(Hash block) {
        Kept kept = states.get(block);
        if (kept == null) {
            Optional<ChainState> state = at(block);
            if (state.isEmpty()) {
                return false;
            }
            kept = new Kept(state.get());
            kept.isExpired = true;
            states.put(block, kept);
        }
        kept.pins++;
        return true;
    }

    synchronized boolean isPinned(Hash block) {
        Kept kept = states.get(block);
        return kept != null && kept.pins > 0;
    }

    public synchronized void unpin(Hash block) {
        Kept kept = states.get(block);
        if (kept != null && --kept.pins == 0 && kept.isExpired) {
            states.remove(block);
        }
    }
}
