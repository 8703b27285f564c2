package io.vilokanam.rpc.backend;

/** Log directives that do not parse, or a node whose log filters cannot be changed. */
public final class LogFilterException extends Exception {

    private static final long serialVersionUID = 1;

    public LogFilterException(String message) {
        super(message, null, false, false);
    }
}
