package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rows in memory; counts what is read. */
final class MemoryRows implements NodeRows, RowSink {

    private final Map<Long, byte[]> rows = new HashMap<>();
    private long last;
    int reads;

    @Override
    public long add(byte[] row) {
        rows.put(++last, row);
        return last;
    }

    /** Deletes a row that must be there. */
    void remove(long address) {
        assertNotNull(rows.remove(address), "row " + address + " was there no more");
    }

    int size() {
        return rows.size();
    }

    Set<Long> addresses() {
        return new TreeSet<>(rows.keySet());
    }

    /** All rows that a trie has, by following the addresses in the rows themselves. */
    Set<Long> reachable(long root) throws TrieException {
        Set<Long> found = new TreeSet<>();
        if (root != 0) {
            follow(root, found);
        }
        return found;
    }

    private void follow(long address, Set<Long> found) throws TrieException {
        found.add(address);
        NodeView view = NodeView.ofRow(rows.get(address));
        for (int rest = view.bitmap; rest != 0; rest &= rest - 1) {
            int nibble = Integer.numberOfTrailingZeros(rest);
            if (view.childLength[nibble] == Node.HASH_LENGTH) {
                follow(view.childAddress(nibble), found);
            }
        }
    }

    @Override
    public byte[] row(long address) {
        reads++;
        return rows.get(address);
    }
}
