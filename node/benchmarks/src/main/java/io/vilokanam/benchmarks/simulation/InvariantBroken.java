package io.vilokanam.benchmarks.simulation;

/** What may never happen has happened; the message says what, the run prints its seed. */
final class InvariantBroken extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvariantBroken(String message) {
        super(message);
    }
}
