package io.vilokanam.trie;

import java.util.Arrays;
import java.util.Random;

/** Prints how long a state of a million entries takes, and a block of 3,000 changes on top of it. Not a test. */
final class TrieSpeed {

    private static final int ENTRIES = 1_000_000;
    private static final int CHANGES = 3_000;
    private static final int ROUNDS = 60;
    private static final int KEY_LENGTH = 80;
    private static final int VALUE_LENGTH = 80;

    private TrieSpeed() {}

    public static void main(String[] args) {
        var random = new Random(1);
        byte[][] keys = new byte[ENTRIES][];
        byte[][] values = new byte[ENTRIES][];
        for (int i = 0; i < ENTRIES; i++) {
            keys[i] = bytes(random, KEY_LENGTH);
            Arrays.fill(keys[i], 0, 32, (byte) (i & 1));
            values[i] = bytes(random, VALUE_LENGTH);
        }
        Arrays.sort(keys, Arrays::compareUnsigned);
        long before = usedMemory();
        long start = System.nanoTime();
        var trie = StateTrie.empty().apply(TrieLayout.V1, keys, values);
        print("insert " + ENTRIES, start);
        start = System.nanoTime();
        trie.root();
        print("root of it", start);
        System.out.println("bytes an entry beside keys and values: " + (usedMemory() - before) / ENTRIES);
        for (int round = 0; round < ROUNDS; round++) {
            byte[][] changed = new byte[CHANGES][];
            byte[][] written = new byte[CHANGES][];
            for (int i = 0; i < CHANGES; i++) {
                changed[i] = keys[i * (ENTRIES / CHANGES) + random.nextInt(ENTRIES / CHANGES)];
                written[i] = bytes(random, VALUE_LENGTH);
            }
            start = System.nanoTime();
            trie = trie.apply(TrieLayout.V1, changed, written);
            long applied = System.nanoTime();
            trie.root();
            if (round % 6 == 5) {
                System.out.printf("%,d changes: apply %.2f ms, root %.2f ms%n", CHANGES, (applied - start) / 1e6,
                        (System.nanoTime() - applied) / 1e6);
            }
        }
        start = System.nanoTime();
        for (int i = 0; i < ENTRIES; i++) {
            trie.get(keys[i]);
        }
        print("get " + ENTRIES, start);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void print(String what, long start) {
        System.out.printf("%s: %.1f ms%n", what, (System.nanoTime() - start) / 1e6);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
