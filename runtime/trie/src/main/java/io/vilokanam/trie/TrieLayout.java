package io.vilokanam.trie;

/**
 * How values enter the trie. The layout is a property of a write, not of a trie: what was written under {@link #V0} keeps
 * its form until it is written again (sp-trie, {@code LayoutV0} and {@code LayoutV1}).
 */
public enum TrieLayout {
    /** Every value stands in its node. */
    V0,
    /** A value of {@value #HASHED_VALUE_MIN_LENGTH} bytes or more stands beside the trie, its node holds its hash. */
    V1;

    /** The shortest value that {@link #V1} stores by its hash, in bytes. */
    public static final int HASHED_VALUE_MIN_LENGTH = 33;

    /**
     * The layout of a state version as a runtime version names it.
     *
     * @throws IllegalArgumentException for anything but 0 and 1
     */
    public static TrieLayout ofStateVersion(int stateVersion) {
        return switch (stateVersion) {
            case 0 -> V0;
            case 1 -> V1;
            default -> throw new IllegalArgumentException("state version " + stateVersion + ", expected 0 or 1");
        };
    }

    /** Whether a value of this length, in bytes, is stored by its hash. */
    boolean hashes(int valueLength) {
        return this == V1 && valueLength >= HASHED_VALUE_MIN_LENGTH;
    }
}
