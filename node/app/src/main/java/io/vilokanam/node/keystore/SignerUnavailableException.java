package io.vilokanam.node.keystore;

import io.vilokanam.rpc.backend.KeystoreException;

/** A remote signer does not answer, or refuses: this one signature is not to be had, or not now. */
public final class SignerUnavailableException extends KeystoreException {

    private static final long serialVersionUID = 1;

    private final boolean isRefusal;

    /** The signer answered, and asking again would not change it. */
    SignerUnavailableException(String message) {
        super(message);
        isRefusal = true;
    }

    /** The signer did not answer. */
    SignerUnavailableException(String message, Throwable cause) {
        super(message, cause);
        isRefusal = false;
    }

    /** Whether the signer answered that it does not sign this; otherwise it may do so later. */
    public boolean isRefusal() {
        return isRefusal;
    }
}
