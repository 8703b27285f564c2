package io.vilokanam.node.pool;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;

/** Asks the runtime of a block whether an extrinsic is valid behind it ({@code TaggedTransactionQueue}). */
@FunctionalInterface
public interface TransactionValidator {

    Validity validate(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic);

    /** The runtime's answer. */
    sealed interface Validity {

        record Valid(ValidTransaction transaction) implements Validity {}

        record Refused(TransactionValidityError error) implements Validity {}

        /** The call came to no result, e.g. because the state is gone. */
        record Failed(String message) implements Validity {}
    }
}
