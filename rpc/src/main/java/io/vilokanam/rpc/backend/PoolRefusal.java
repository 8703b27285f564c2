package io.vilokanam.rpc.backend;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.UnknownTransaction;

/** Why the pool does not take a transaction ({@code sc_transaction_pool_api::error::Error}). */
public sealed interface PoolRefusal {

    /** The runtime says that it is not valid. */
    record Invalid(InvalidTransaction reason) implements PoolRefusal {}

    /** The runtime cannot say whether it is valid. */
    record UnknownValidity(UnknownTransaction reason) implements PoolRefusal {}

    /** The runtime came to no result. */
    record ValidationFailed(String message) implements PoolRefusal {}

    /** It was in the pool not long ago and was thrown out. */
    record TemporarilyBanned() implements PoolRefusal {}

    /** The pool holds it already. */
    record AlreadyImported(Hash transaction) implements PoolRefusal {}

    /** It would replace another one without being worth more; priorities are unsigned 64-bit numbers. */
    record TooLowPriority(long old, long offered) implements PoolRefusal {}

    /** It provides a tag that it requires. */
    record CycleDetected() implements PoolRefusal {}

    /** The pool is full of more important ones. */
    record ImmediatelyDropped() implements PoolRefusal {}

    /** It may not be sent on, and this node does not author. */
    record Unactionable() implements PoolRefusal {}

    /** It provides no tag. */
    record NoTagsProvided() implements PoolRefusal {}

    /** It must wait for others, which this pool does not let it. */
    record FutureNotAccepted() implements PoolRefusal {}
}
