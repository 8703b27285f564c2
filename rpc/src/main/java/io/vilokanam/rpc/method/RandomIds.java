package io.vilokanam.rpc.method;

import java.util.random.RandomGenerator;

/** Makes ids that nobody guesses: 16 letters and digits. */
public final class RandomIds {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 16;

    private final RandomGenerator random;

    /** {@code random} is used by one thread at a time, as far as this is its only user. */
    public RandomIds(RandomGenerator random) {
        this.random = random;
    }

    public synchronized String next() {
        var id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return id.toString();
    }
}
