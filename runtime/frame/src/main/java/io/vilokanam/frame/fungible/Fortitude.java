package io.vilokanam.frame.fungible;

/** With what privilege funds are taken ({@code frame_support::traits::tokens::Fortitude}). */
public enum Fortitude {
    /** Freezes and locks are respected. */
    POLITE,
    /** Freezes and locks are ignored: for slashing and the like. */
    FORCE
}
