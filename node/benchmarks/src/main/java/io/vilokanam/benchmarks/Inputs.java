package io.vilokanam.benchmarks;

import java.util.Random;

/** Inputs that are the same in every run. */
final class Inputs {

    private Inputs() {}

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
