package io.vilokanam.node.keystore;

import io.vilokanam.rpc.backend.KeystoreException;

/** A remote signer does not answer, or refuses: this one signature is not to be had. */
public final class SignerUnavailableException extends KeystoreException {

    private static final long serialVersionUID = 1;

    SignerUnavailableException(String message) {
        super(message);
    }

    SignerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
