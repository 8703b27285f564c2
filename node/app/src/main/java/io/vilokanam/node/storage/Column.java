package io.vilokanam.node.storage;

/** What a store keeps apart. The order is the order of the column families on disk: append, never reorder. */
public enum Column {
    /** Single values: genesis hash, best and finalised block, leaves, version of the layout. */
    META("meta"),
    /** Block hash to SCALE header. */
    HEADERS("headers"),
    /** Block hash to SCALE {@code Vec<Vec<u8>>} of extrinsics. */
    BODIES("bodies"),
    /** Block hash to SCALE {@code Vec<Justification>}. */
    JUSTIFICATIONS("justifications"),
    /** Number (u32 big endian) to the hash of the block of the best chain. */
    CANONICAL("canonical"),
    /** Hash to trie node or value. */
    STATE("state"),
    /** What consensus engines keep: authority sets, votes. */
    AUXILIARY("auxiliary"),
    /** Local storage of off-chain workers. */
    OFFCHAIN("offchain");

    private final String label;

    Column(String label) {
        this.label = label;
    }

    /** The name of the column family on disk. */
    String label() {
        return label;
    }
}
