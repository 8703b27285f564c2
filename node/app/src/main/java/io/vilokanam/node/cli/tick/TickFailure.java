package io.vilokanam.node.cli.tick;

/** A command cannot go on; the message is for the person at the terminal. */
final class TickFailure extends Exception {

    private static final long serialVersionUID = 1;

    /** JSON-RPC's code for a method that is not there or that strangers may not call. */
    private static final int NO_SUCH_METHOD = -32601;

    /** No code of JSON-RPC: nobody answered. */
    private static final int UNREACHABLE = 1;

    private final int code;

    private TickFailure(String message, int code) {
        super(message, null, false, false);
        this.code = code;
    }

    TickFailure(String message) {
        this(message, 0);
    }

    /** The node answered with an error of JSON-RPC. */
    static TickFailure answered(int code, String message) {
        return new TickFailure(message, code);
    }

    /** No node answered, now. */
    static TickFailure unreachable(String message) {
        return new TickFailure(message, UNREACHABLE);
    }

    /** Whether no node answered: it may be back soon. */
    boolean isUnreachable() {
        return code == UNREACHABLE;
    }

    /** Whether the node does not offer the method that was called. */
    boolean isWithoutMethod() {
        return code == NO_SUCH_METHOD;
    }
}
