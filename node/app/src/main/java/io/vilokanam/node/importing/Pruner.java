package io.vilokanam.node.importing;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.LostBlock;
import io.vilokanam.node.storage.PruningMode;
import io.vilokanam.node.storage.PruningSteps;
import io.vilokanam.primitives.Hash;

/**
 * Deletes what is kept no more: the states that leave the window of final blocks, bodies, and what is left of blocks that
 * lost. How far it got stands in the store, changed in one batch with what is deleted, so it goes on there after a crash. What
 * somebody looks at is left alone until they are done.
 *
 * <p>Works on the caller of {@link #wake} unless a thread {@linkplain #serve serves}.
 */
public final class Pruner implements AutoCloseable {

    private final PruningSteps steps;
    private final ChainStore store;
    private final States states;
    private final PruningMode stateMode;
    private final PruningMode blockMode;
    private final Object turn = new Object();
    private boolean isServed;
    private boolean isDue;
    private volatile boolean isClosed;

    Pruner(ChainStore store, States states, PruningMode stateMode, PruningMode blockMode) {
        this.steps = new PruningSteps(store);
        this.store = store;
        this.states = states;
        this.stateMode = stateMode;
        this.blockMode = blockMode;
    }

    /** Whether the body of a final block of this height is kept. */
    public boolean keepsBody(long number) {
        return number >= blockMode.lowestKept(states.finalised());
    }

    /** Whether blocks stay that lost. */
    boolean keepsLostBlocks() {
        return blockMode.keepsLost();
    }

    /** Whether all states are kept, at least those of final blocks. */
    public boolean isArchive() {
        return !(stateMode instanceof PruningMode.Last);
    }

    /** Something may have become due. */
    void wake() {
        synchronized (this) {
            isDue = true;
            if (isServed) {
                notifyAll();
                return;
            }
        }
        run();
    }

    /** Does all that is due, now and later, until the thread is interrupted. */
    public void serve() throws InterruptedException {
        synchronized (this) {
            isServed = true;
            isDue = true;
        }
        try {
            while (!Thread.currentThread().isInterrupted()) {
                synchronized (this) {
                    while (!isDue) {
                        wait();
                    }
                }
                run();
            }
        } finally {
            synchronized (this) {
                isServed = false;
            }
        }
    }

    /** Does all that is due now, or what of it is done when the thread is interrupted. */
    public void run() {
        synchronized (turn) {
            synchronized (this) {
                isDue = false;
            }
            boolean isMore = true;
            while (isMore && !isClosed && !Thread.currentThread().isInterrupted()) {
                isMore = lostBlocks() | lostStates(LostBlock.Part.ORPHANED_STATE)
                        | !states.keepsLost() && lostStates(LostBlock.Part.STATE) | oldestState() | oldestBody();
            }
        }
    }

    /** Returns when the step at work is done; none follows, so that the store can be closed. */
    @Override
    public void close() {
        isClosed = true;
        synchronized (turn) {
            isClosed = true;
        }
    }

    private boolean lostStates(LostBlock.Part part) {
        List<LostBlock> unused = steps.lost(part).stream().filter(states::isUnused).toList();
        unused.forEach(lost -> steps.removeLostState(part, lost));
        return !unused.isEmpty();
    }

    private boolean lostBlocks() {
        if (blockMode.keepsLost()) {
            return false;
        }
        List<LostBlock> unused = steps.lost(LostBlock.Part.BLOCK).stream()
                .filter(lost -> lost.base() < states.finalised() && !states.isLeased(lost.block().hash())).toList();
        unused.forEach(steps::removeLostBlock);
        return !unused.isEmpty();
    }

    private boolean oldestState() {
        if (!states.isStored() || isArchive()) {
            return false;
        }
        long oldest = steps.statesFrom();
        return states.isUnused(oldest) && steps.removeStates(oldest, states.finalised(), states::isUnused);
    }

    private boolean oldestBody() {
        long oldest = steps.bodiesFrom();
        if (keepsBody(oldest)) {
            return false;
        }
        Optional<Hash> block = store.canonicalHash(oldest);
        if (block.filter(states::isLeased).isPresent()) {
            return false;
        }
        steps.removeBody(block.map(hash -> new BlockRef(hash, oldest)), oldest);
        return true;
    }
}
