package io.vilokanam.crypto.ecdsa;

/** No public key could be recovered from an ecdsa signature. */
public final class RecoveryException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, in the words and the order of Substrate's host function. */
    public enum Reason {
        /** r or s is the group's order or above. */
        BAD_RS,
        /** The last byte is no recovery id. */
        BAD_V,
        /** No key gives this signature. */
        BAD_SIGNATURE
    }

    private final Reason reason;

    RecoveryException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
