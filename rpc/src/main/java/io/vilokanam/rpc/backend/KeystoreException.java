package io.vilokanam.rpc.backend;

/** The keystore cannot be read or written. */
public class KeystoreException extends Exception {

    private static final long serialVersionUID = 1;

    public KeystoreException(String message) {
        super(message);
    }

    public KeystoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
