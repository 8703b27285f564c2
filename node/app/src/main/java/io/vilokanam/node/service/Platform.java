package io.vilokanam.node.service;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The doors to the outside: what the time is, and chance.
 *
 * @param monotonicMillis milliseconds that never go back, from whatever beginning
 * @param random cryptographic, safe for several threads
 */
public record Platform(Clock clock, LongSupplier monotonicMillis, RandomGenerator random) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The machine's own. */
    public static Platform ofMachine() {
        return new Platform(Clock.systemUTC(), () -> System.nanoTime() / NANOS_PER_MILLI, new SecureRandom());
    }
}
