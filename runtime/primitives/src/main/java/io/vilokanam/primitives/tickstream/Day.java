package io.vilokanam.primitives.tickstream;

/** Days of the chain's clock, UTC, counted from 1970. */
public final class Day {

    public static final long MILLIS = 86_400_000;

    private Day() {}

    /** The day of {@code now}, milliseconds since 1970. */
    public static long of(long now) {
        return now / MILLIS;
    }
}
