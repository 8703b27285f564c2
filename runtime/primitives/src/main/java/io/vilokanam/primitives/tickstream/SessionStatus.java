package io.vilokanam.primitives.tickstream;

/** Where a session stands in its life; block numbers are u32. */
public sealed interface SessionStatus {

    /** Words settle; ends by itself at block {@code expiresAt}. */
    record Open(long expiresAt) implements SessionStatus {}

    /** Words still settle until block {@code until}, then the rest goes back to who paid it. */
    record Closing(long until) implements SessionStatus {}
}
