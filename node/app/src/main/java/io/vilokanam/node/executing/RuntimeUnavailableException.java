package io.vilokanam.node.executing;

/** No executor can run the code of a state. The message names the runtime and what could run it. */
public final class RuntimeUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    public RuntimeUnavailableException(String message) {
        super(message, null, false, false);
    }
}
