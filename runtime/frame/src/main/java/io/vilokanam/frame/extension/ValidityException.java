package io.vilokanam.frame.extension;

import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionValidityError;

/** A transaction may not be applied or pooled. Checked and without a stack trace. */
public final class ValidityException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient TransactionValidityError error;

    public ValidityException(TransactionValidityError error) {
        super(error.toString(), null, false, false);
        this.error = error;
    }

    public ValidityException(InvalidTransaction reason) {
        this(TransactionValidityError.of(reason));
    }

    public TransactionValidityError error() {
        return error;
    }
}
