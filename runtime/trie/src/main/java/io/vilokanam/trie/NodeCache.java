package io.vilokanam.trie;

import java.util.LinkedHashMap;

/** Keeps the nodes and values read last in memory, up to a number of bytes. Safe for several threads. */
public final class NodeCache implements NodeStore {

    /** A sensible size for a node: the upper levels of a state of ten million entries. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** What an entry costs beside its bytes: key, map entry and headers. */
    private static final int ENTRY_OVERHEAD_BYTES = 128;
    /** A single node or value above this share of the cache is not kept. */
    private static final int LARGEST_SHARE = 8;

    private final NodeStore store;
    private final long maxBytes;
    /** The entries by when they were last read, the oldest first. */
    private final LinkedHashMap<HashKey, byte[]> recent = new LinkedHashMap<>();
    private long heldBytes;

    /** @param maxBytes how much memory the cache may take, about */
    public NodeCache(NodeStore store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    @Override
    public byte[] node(byte[] hash) {
        var key = HashKey.of(hash, 0);
        synchronized (recent) {
            byte[] known = recent.get(key);
            if (known != null) {
                recent.putLast(key, known);
                return known;
            }
        }
        byte[] read = store.node(hash);
        if (read != null) {
            keep(key, read);
        }
        return read;
    }

    /** How many bytes the cache takes now, about. */
    public long heldBytes() {
        synchronized (recent) {
            return heldBytes;
        }
    }

    private void keep(HashKey key, byte[] bytes) {
        long cost = cost(bytes);
        if (cost > maxBytes / LARGEST_SHARE) {
            return;
        }
        synchronized (recent) {
            if (recent.putLast(key, bytes) == null) {
                heldBytes += cost;
            }
            var oldest = recent.entrySet().iterator();
            while (heldBytes > maxBytes) {
                heldBytes -= cost(oldest.next().getValue());
                oldest.remove();
            }
        }
    }

    private static long cost(byte[] bytes) {
        return (long) bytes.length + ENTRY_OVERHEAD_BYTES;
    }
}
