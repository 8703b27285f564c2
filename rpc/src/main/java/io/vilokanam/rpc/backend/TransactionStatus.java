package io.vilokanam.rpc.backend;

import java.util.List;

import io.vilokanam.primitives.Hash;

/**
 * A step in the life of a transaction in the pool. Nothing follows {@link Finalised}, {@link FinalityTimeout},
 * {@link Usurped}, {@link Dropped} and {@link Invalid}. {@code index} is the position in the block's body.
 */
public sealed interface TransactionStatus {

    /** It waits for others, e.g. for an earlier nonce. */
    record Future() implements TransactionStatus {}

    /** It may go into the next block. */
    record Ready() implements TransactionStatus {}

    /** It was sent to these peers (ids in base 58). */
    record Broadcast(List<String> peers) implements TransactionStatus {
        public Broadcast {
            peers = List.copyOf(peers);
        }
    }

    /** A block of the best chain holds it. */
    record InBlock(Hash block, int index) implements TransactionStatus {}

    /** The block that held it left the best chain. */
    record Retracted(Hash block) implements TransactionStatus {}

    /** The block that holds it was not finalised in time. */
    record FinalityTimeout(Hash block) implements TransactionStatus {}

    record Finalised(Hash block, int index) implements TransactionStatus {}

    /** Another transaction with the same tags took its place. */
    record Usurped(Hash by) implements TransactionStatus {}

    /** The pool had no room for it any more. */
    record Dropped() implements TransactionStatus {}

    /** It is not valid any more. */
    record Invalid() implements TransactionStatus {}

    default boolean isLast() {
        return switch (this) {
            case Future _,Ready _,Broadcast _,InBlock _,Retracted _ -> false;
            case FinalityTimeout _,Finalised _,Usurped _,Dropped _,Invalid _ -> true;
        };
    }
}
