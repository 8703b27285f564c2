package io.vilokanam.node.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.storage.KeyValueStore.Durability;

/** What pruning consists of: each step is one batch, which also says that it was done. */
public final class PruningSteps {

    /** So many states are removed at once, which is cheaper and yet soon done. */
    private static final int STATES_A_STEP = 16;

    private final ChainStore store;

    public PruningSteps(ChainStore store) {
        this.store = store;
    }

    /** Some blocks of which something is left though they lost, the lowest first. */
    public List<LostBlock> lost(LostBlock.Part part) {
        return store.lost(part);
    }

    /** Removes the rows that a block wrote. */
    public void removeLostState(LostBlock.Part part, LostBlock lost) {
        store.batch().removeState(lost.block()).noLost(part, lost.block()).write(Durability.PROCESS);
    }

    /** Removes a block; its state, where that is still here, has no further use. */
    public void removeLostBlock(LostBlock lost) {
        ChainBatch batch = store.batch().forget(lost.block().hash()).noLost(LostBlock.Part.BLOCK, lost.block());
        if (store.isLost(LostBlock.Part.STATE, lost.block())) {
            batch.noLost(LostBlock.Part.STATE, lost.block()).lost(LostBlock.Part.ORPHANED_STATE, lost);
        }
        batch.write(Durability.PROCESS);
    }

    /** The height of the oldest final state that there may be. */
    public long statesFrom() {
        return store.statesFrom();
    }

    /**
     * Removes the oldest final states, that is the rows which each next one does without.
     *
     * @param isUnused whether the state of a height may go; the others are not looked at behind one that may not
     * @return false where none could be removed
     */
    public boolean removeStates(long oldest, long finalised, LongPredicate isUnused) {
        ChainBatch batch = store.batch();
        BlockRef removed = canonical(oldest);
        int count = 0;
        while (count < STATES_A_STEP && isUnused.test(removed.number())) {
            Optional<BlockRef> next = firstRecorded(removed.number() + 1, finalised);
            if (next.isEmpty()) {
                break;
            }
            batch.removeReplaced(removed, next.get());
            removed = next.get();
            count++;
        }
        if (count > 0) {
            batch.statesFrom(removed.number()).write(Durability.PROCESS);
        }
        return count > 0;
    }

    private BlockRef canonical(long number) {
        return new BlockRef(store.canonicalHash(number)
                .orElseThrow(() -> new StoreFailure("the database names no block at height " + number)), number);
    }

    /** A chain that began with a state of others has none between genesis and that. */
    private Optional<BlockRef> firstRecorded(long from, long to) {
        Optional<Long> height = Optional.of(from);
        Optional<BlockRef> found = Optional.empty();
        while (found.isEmpty() && height.isPresent() && height.get() <= to) {
            found = recorded(height.get());
            height = found.isPresent() ? height : store.firstState(height.get() + 1);
        }
        return found;
    }

    private Optional<BlockRef> recorded(long number) {
        return store.canonicalHash(number).map(hash -> new BlockRef(hash, number))
                .filter(block -> store.statePlace(block).isPresent());
    }

    /** The height of the oldest body of a final block that there may be. */
    public long bodiesFrom() {
        return store.bodiesFrom();
    }

    /** Removes a body; proofs of finality stay with their headers, as they are few and others warp along them. */
    public void removeBody(Optional<BlockRef> block, long number) {
        ChainBatch batch = store.batch().bodiesFrom(number + 1);
        block.ifPresent(removed -> batch.noBody(removed.hash()));
        batch.write(Durability.PROCESS);
    }
}
