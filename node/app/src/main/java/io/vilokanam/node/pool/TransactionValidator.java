package io.vilokanam.node.pool;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;

/** Asks the runtime of a block whether an extrinsic is valid behind it ({@code TaggedTransactionQueue}). */
@FunctionalInterface
public interface TransactionValidator {

    Validity validate(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic);

    /** The same for several extrinsics, each as if it were the only one; the answers in their order. */
    default List<Validity> validateEach(BlockRef at, TransactionSource source, List<OpaqueExtrinsic> extrinsics) {
        return extrinsics.stream().map(extrinsic -> validate(at, source, extrinsic)).toList();
    }

    /** The runtime's answer. */
    sealed interface Validity {

        record Valid(ValidTransaction transaction) implements Validity {}

        record Refused(TransactionValidityError error) implements Validity {}

        /** The call came to no result, e.g. because the state is gone. */
        record Failed(String message) implements Validity {}
    }
}
