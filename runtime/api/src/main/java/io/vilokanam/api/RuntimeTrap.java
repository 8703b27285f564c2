package io.vilokanam.api;

/** A runtime call that came to no result: nothing of it may be kept. */
public final class RuntimeTrap extends Exception {

    private static final long serialVersionUID = 1;

    /** Why the call came to no result. */
    public enum Reason {
        /** The runtime has no entry point of this name. */
        UNKNOWN_METHOD,
        /** The argument bytes are not what the entry point takes. */
        BAD_ARGUMENTS,
        /** The runtime gave up: a broken invariant, or an invalid block. */
        PANIC
    }

    private final Reason reason;

    public RuntimeTrap(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public RuntimeTrap(Reason reason, String message, Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
