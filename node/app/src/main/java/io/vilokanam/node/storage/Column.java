package io.vilokanam.node.storage;

/** What a store keeps apart. The order is the order of the column families on disk: append, never reorder. */
public enum Column {
    /** Single values: genesis hash, best and finalised block, leaves, version of the layout, how far was pruned. */
    META("meta"),
    /** Block hash to SCALE header. */
    HEADERS("headers"),
    /** Block hash to SCALE {@code Vec<Vec<u8>>} of extrinsics. */
    BODIES("bodies"),
    /** Block hash to SCALE {@code Vec<Justification>}. */
    JUSTIFICATIONS("justifications"),
    /** Number (u32 big endian) to the hash of the block of the best chain. */
    CANONICAL("canonical"),
    /** Address (u64 big endian) to trie node, see {@link io.vilokanam.trie.NodeRows}. Each is written once and deleted once. */
    STATE("state"),
    /** What consensus engines keep: authority sets, votes. */
    AUXILIARY("auxiliary"),
    /** Local storage of off-chain workers. */
    OFFCHAIN("offchain"),
    /** Number (u32 big endian) and hash of a block to the {@link StateRecord} of its state. */
    STATES("states"),
    /**
     * A {@link LostBlock.Part} (one byte), number and hash of a block to the number (u32 big endian) of a final block that it was
     * built on.
     */
    LOST("lost");

    private final String label;

    Column(String label) {
        this.label = label;
    }

    /** The name of the column family on disk. */
    String label() {
        return label;
    }

    /** Whether no key is ever put twice, so that one deletion is enough for all there can be. */
    boolean isWrittenOnce() {
        return this == STATE;
    }
}
