package io.vilokanam.frame.dispatch;

import java.util.Optional;

import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.dispatch.TokenError;

/**
 * A call failed: what it wrote is taken back, its fee stays paid. Checked and without a stack trace; caught where a storage
 * layer was opened, nowhere else.
 */
public final class DispatchException extends Exception {

    private static final long serialVersionUID = 1;

    /** Set until the framework has found the pallet that the error belongs to. */
    private final transient PalletError palletError;
    private final transient DispatchError error;
    private final transient PostDispatchInfo post;

    private DispatchException(PalletError palletError, DispatchError error, PostDispatchInfo post) {
        super(palletError != null ? palletError.toString() : error.toString(), null, false, false);
        this.palletError = palletError;
        this.error = error;
        this.post = post;
    }

    public DispatchException(PalletError error) {
        this(error, null, PostDispatchInfo.AS_ANNOUNCED);
    }

    public DispatchException(DispatchError error) {
        this(null, error, PostDispatchInfo.AS_ANNOUNCED);
    }

    public DispatchException(TokenError error) {
        this(new DispatchError.Token(error));
    }

    public DispatchException(ArithmeticError error) {
        this(new DispatchError.Arithmetic(error));
    }

    /** The same failure, with what the call cost until it failed. */
    public DispatchException having(PostDispatchInfo info) {
        return new DispatchException(palletError, error, info);
    }

    /** The error of a pallet that no index was given yet. */
    public Optional<PalletError> palletError() {
        return Optional.ofNullable(palletError);
    }

    /** The error as it stands on the wire. Only to be asked once the framework has resolved a pallet's error. */
    public DispatchError error() {
        if (error == null) {
            throw new IllegalStateException("the error " + palletError + " has no pallet yet");
        }
        return error;
    }

    public PostDispatchInfo post() {
        return post;
    }

    public static void ensure(boolean condition, PalletError error) throws DispatchException {
        if (!condition) {
            throw new DispatchException(error);
        }
    }

    public static void ensure(boolean condition, DispatchError error) throws DispatchException {
        if (!condition) {
            throw new DispatchException(error);
        }
    }
}
