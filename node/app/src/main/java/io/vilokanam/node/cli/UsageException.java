package io.vilokanam.node.cli;

/** Flags that contradict each other, or ask for what this program does not do. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
