package io.vilokanam.primitives.wellknown;

import io.vilokanam.scale.Bytes;

/** Storage keys that the host knows by name ({@code sp_core::storage::well_known_keys}). */
public final class WellKnownKeys {

    /** The Wasm runtime, raw or compressed. */
    public static final Bytes CODE = Bytes.ascii(":code");

    /** How many pages of linear memory the Wasm runtime needs, a u64. */
    public static final Bytes HEAP_PAGES = Bytes.ascii(":heappages");

    /** The index of the extrinsic that is applied, a u32; only there while a block is executed. */
    public static final Bytes EXTRINSIC_INDEX = Bytes.ascii(":extrinsic_index");

    /** 32 bytes that are unique within a block. */
    public static final Bytes INTRABLOCK_ENTROPY = Bytes.ascii(":intrablock_entropy");

    /** In front of the root of every child trie. */
    public static final Bytes CHILD_STORAGE = Bytes.ascii(":child_storage:");

    /** In front of the root of every child trie of the default kind; its own key follows. */
    public static final Bytes DEFAULT_CHILD_STORAGE = Bytes.ascii(":child_storage:default:");

    /** The configuration of the changes trie, which newer runtimes do not have. */
    public static final Bytes CHANGES_TRIE = Bytes.ascii(":changes_trie");

    /** How many storage transactions of the runtime are open, a u32; never in a state between blocks. */
    public static final Bytes TRANSACTION_LEVEL = Bytes.ascii(":transaction_level:");

    private WellKnownKeys() {}
}
