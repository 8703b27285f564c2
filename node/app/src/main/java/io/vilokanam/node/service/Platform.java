package io.vilokanam.node.service;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * The doors to the outside: what the time is, and chance.
 *
 * @param random cryptographic, safe for several threads
 */
public record Platform(Clock clock, RandomGenerator random) {

    /** The machine's own. */
    public static Platform ofMachine() {
        return new Platform(Clock.systemUTC(), new SecureRandom());
    }
}
