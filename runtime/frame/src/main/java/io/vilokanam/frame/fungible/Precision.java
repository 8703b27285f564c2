package io.vilokanam.frame.fungible;

/** Whether less than was asked for is also a success ({@code frame_support::traits::tokens::Precision}). */
public enum Precision {
    /** Exactly the amount, or nothing. */
    EXACT,
    /** As much of the amount as is there. */
    BEST_EFFORT
}
