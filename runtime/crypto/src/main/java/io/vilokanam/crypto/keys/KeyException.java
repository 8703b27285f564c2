package io.vilokanam.crypto.keys;

/** A phrase, secret URI or seed is no key. The message says why and never holds the secret. */
public final class KeyException extends Exception {

    private static final long serialVersionUID = 1;

    KeyException(String message) {
        super(message);
    }
}
