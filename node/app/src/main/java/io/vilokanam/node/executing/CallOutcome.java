package io.vilokanam.node.executing;

import io.vilokanam.api.RuntimeTrap;

/** What came of one of several runtime calls. */
public sealed interface CallOutcome {

    /** {@code result}: SCALE, as the entry point has it. */
    record Answered(byte[] result) implements CallOutcome {}

    record Trapped(RuntimeTrap trap) implements CallOutcome {}
}
