package io.vilokanam.rpc.backend;

import java.util.List;
import java.util.function.Consumer;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * The transaction pool. An extrinsic is given in its wire form, compact length in front; its hash is blake2_256 of that.
 */
public interface PoolBackend {

    /** A transaction that may go into the next block, and the tags it provides. */
    record ReadyTransaction(Hash hash, Bytes extrinsic, List<Bytes> provides) {
        public ReadyTransaction {
            provides = List.copyOf(provides);
        }
    }

    /** What came of a submission. */
    sealed interface Submitted {

        record Taken(Hash hash) implements Submitted {}

        record Refused(PoolRefusal refusal) implements Submitted {}
    }

    /**
     * Takes a transaction in, validated on the best block with source {@code External}. {@code done} is told once, perhaps on
     * another thread; it must not block. This method does not block either.
     */
    void submit(Bytes extrinsic, Consumer<Submitted> done);

    /**
     * Takes a transaction in and tells what becomes of it. The listener is first called with {@code Ready} or {@code Future},
     * perhaps before this method returns; after the last status the registration is closed by itself.
     */
    Registration submitAndWatch(Bytes extrinsic, TransactionListener listener) throws PoolRefusedException;

    /** The ready transactions, in the order in which a block would take them. */
    List<ReadyTransaction> ready();

    /** Whether a ready transaction has this tag as the first that it provides. */
    default boolean providesFirst(Bytes tag) {
        return ready().stream().anyMatch(transaction -> !transaction.provides().isEmpty()
                && transaction.provides().getFirst().equals(tag));
    }

    /** Where a transaction stands, and why. */
    PendingStatus status(Hash transaction);

    /** Throws transactions out and bans them for a time; returns the hashes of those that were there. */
    List<Hash> remove(List<Hash> transactions);
}
