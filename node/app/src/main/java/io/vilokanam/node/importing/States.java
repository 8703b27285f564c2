package io.vilokanam.node.importing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.LostBlock;
import io.vilokanam.node.storage.PruningMode;
import io.vilokanam.primitives.Hash;
import io.vilokanam.trie.NodeRows;

/**
 * The states of blocks. In memory stand those of all blocks that are not final and of the last final ones; where states are
 * stored, others are read from there. Whoever reads one takes a {@link StateLease}: what it needs is pruned afterwards only.
 * Safe for several threads.
 */
public final class States {

    /** Every so many blocks a stored state is let go of and read again as it is used, so that memory stays bounded. */
    private static final int UNLOAD_INTERVAL = 64;

    private static final class Kept {
        private final ChainState state;
        /** Rows of the final state at this height and above are needed. */
        private long base;
        private int leases;
        private boolean isExpired;
        private boolean isLost;

        private Kept(ChainState state, long base) {
            this.state = state;
            this.base = base;
        }
    }

    private final ChainStore store;
    private final NodeRows rows;
    private final boolean isStored;
    private final PruningMode mode;
    private final boolean isLostKept;
    private final long finalKept;
    private final Map<Hash, Kept> states = new HashMap<>();
    private final Deque<BlockRef> finals = new ArrayDeque<>();
    private long finalised;
    private Runnable onRelease = () -> {};

    /** @param isLostKept whether states stay of blocks that lost */
    States(ChainStore store, boolean isStored, PruningMode mode, boolean isLostKept, BlockRef finalised) {
        this.store = store;
        this.isStored = isStored;
        this.mode = mode;
        this.isLostKept = isLostKept;
        long kept = mode instanceof PruningMode.Last(var blocks) ? blocks : Long.MAX_VALUE;
        this.finalKept = isStored ? Math.min(kept, UNLOAD_INTERVAL) : kept;
        this.rows = isStored ? store.stateRows() : NodeRows.EMPTY;
        this.finalised = finalised.number();
        finals.addLast(finalised);
    }

    /** Calls this, on any thread, whenever somebody no longer needs a state that would have been pruned. */
    void onRelease(Runnable listener) {
        onRelease = listener;
    }

    boolean isStored() {
        return isStored;
    }

    /** Whether states stay of blocks that lost. */
    boolean keepsLost() {
        return isLostKept;
    }

    /** Notes the state of a block that was just written. */
    synchronized void add(BlockRef block, ChainState state) {
        boolean isUnloaded = isStored && block.number() % UNLOAD_INTERVAL == 0;
        states.put(block.hash(), new Kept(isUnloaded ? state.unloaded(rows) : state, block.number()));
    }

    /**
     * Blocks became final, and others lost.
     *
     * @param base a final block that those which lost were built on, by its number
     */
    synchronized void finalised(List<BlockRef> blocks, List<BlockRef> lost, long base) {
        for (BlockRef block : lost) {
            Kept kept = states.get(block.hash());
            if (kept != null) {
                kept.isLost = true;
                kept.base = Math.min(kept.base, base);
            }
            drop(block.hash());
        }
        for (BlockRef block : blocks) {
            finalised = block.number();
            finals.addLast(block);
        }
        while (finals.getFirst().number() <= finalised - finalKept) {
            drop(finals.removeFirst().hash());
        }
    }

    private void drop(Hash block) {
        Kept kept = states.get(block);
        if (kept != null && kept.leases > 0) {
            kept.isExpired = true;
        } else {
            states.remove(block);
        }
    }

    /** The state of a block that cannot be pruned meanwhile: one of the tree, for whoever holds the writer's lock. */
    synchronized Optional<ChainState> at(Hash block) {
        Kept kept = states.get(block);
        return kept != null ? Optional.of(kept.state) : stored(block).map(found -> found.state);
    }

    private Optional<Kept> stored(Hash block) {
        if (!isStored) {
            return Optional.empty();
        }
        Optional<BlockRef> known = store.header(block).map(header -> new BlockRef(block, header.number()))
                .filter(ref -> ref.number() >= mode.lowestKept(finalised))
                .filter(ref -> isLostKept || !store.isLost(LostBlock.Part.STATE, ref));
        return known.flatMap(ref -> store.statePlace(ref)
                .map(place -> new Kept(ChainState.open(place, rows), ref.number())));
    }

    /** The state of a block, to be kept until the lease is closed; empty where it is kept no more, or never was. */
    public synchronized Optional<StateLease> lease(Hash block) {
        Kept kept = states.get(block);
        if (kept == null) {
            Optional<Kept> read = stored(block);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            kept = read.get();
            kept.isExpired = true;
            states.put(block, kept);
        }
        kept.leases++;
        Kept leased = kept;
        return Optional.of(new StateLease(kept.state, () -> release(block, leased)));
    }

    private void release(Hash block, Kept kept) {
        synchronized (this) {
            if (--kept.leases > 0 || !kept.isExpired) {
                return;
            }
            states.remove(block, kept);
        }
        onRelease.run();
    }

    /** Whether there is a state to be had now. */
    public synchronized boolean has(Hash block) {
        return states.containsKey(block) || stored(block).isPresent();
    }

    synchronized boolean isLeased(Hash block) {
        Kept kept = states.get(block);
        return kept != null && kept.leases > 0;
    }

    /** Whether nobody gets at, or looks at, a state that needs rows of the final one at this height. */
    synchronized boolean isUnused(long number) {
        return number < mode.lowestKept(finalised)
                && states.values().stream().noneMatch(kept -> kept.leases > 0 && kept.base <= number);
    }

    /** Whether nobody gets at, or looks at, the state of a block that lost, or of one built on it. */
    synchronized boolean isUnused(LostBlock lost) {
        return lost.base() < finalised
                && states.values().stream().noneMatch(kept -> kept.leases > 0 && kept.isLost);
    }

    /** The number of the finalised block, as far as everything here knows. */
    synchronized long finalised() {
        return finalised;
    }
}
