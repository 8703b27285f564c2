package io.vilokanam.trie;

import java.util.LinkedHashMap;

/**
 * Keeps the rows read or noted last in memory, up to a number of bytes. As a row is never changed, it does not matter whether those
 * behind it were deleted. Safe for several threads.
 */
public final class RowCache implements NodeRows {

    /** A sensible size for a node: the upper levels of a state of ten million entries. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** What an entry costs beside its bytes: key, map entry and headers. */
    private static final int ENTRY_OVERHEAD_BYTES = 112;
    /** A single row above this share of the cache is not kept. */
    private static final int LARGEST_SHARE = 8;

    private final NodeRows rows;
    private final long maxBytes;
    /** The entries by when they were last read, the oldest first. */
    private final LinkedHashMap<Long, byte[]> recent = new LinkedHashMap<>();
    private long heldBytes;

    /** @param maxBytes how much memory the cache may take, about */
    public RowCache(NodeRows rows, long maxBytes) {
        this.rows = rows;
        this.maxBytes = maxBytes;
    }

    @Override
    public byte[] row(long address) {
        synchronized (recent) {
            byte[] known = recent.get(address);
            if (known != null) {
                recent.putLast(address, known);
                return known;
            }
        }
        byte[] read = rows.row(address);
        if (read != null) {
            keep(address, read);
        }
        return read;
    }

    /** How many bytes the cache takes now, about. */
    public long heldBytes() {
        synchronized (recent) {
            return heldBytes;
        }
    }

    /** Notes a row that will be read, e.g. one that was just made. */
    public void keep(long address, byte[] bytes) {
        long cost = cost(bytes);
        if (cost > maxBytes / LARGEST_SHARE) {
            return;
        }
        synchronized (recent) {
            if (recent.putLast(address, bytes) == null) {
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
