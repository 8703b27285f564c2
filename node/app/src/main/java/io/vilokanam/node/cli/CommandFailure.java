package io.vilokanam.node.cli;

/** Failures as an operator reads them. */
final class CommandFailure {

    private CommandFailure() {}

    /** The messages from the outside in, each once; the kind of the failure where there is no message. */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(message(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (text.indexOf(message(cause)) < 0) {
                text.append(": ").append(message(cause));
            }
        }
        return text.toString();
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
