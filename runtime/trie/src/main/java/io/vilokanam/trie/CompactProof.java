package io.vilokanam.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A part of a trie, written without the hashes that whoever reads it computes anyway (sp-trie, {@code CompactProof}): the nodes
 * from the root on, each before its children, and in place of the hash of a child that follows nothing. A value that stands
 * beside the trie follows its node, which is then marked by {@link #ESCAPE} and has an empty value.
 *
 * <p>Here such a part is always a range: what lies before its first key, and what lies behind its last one, is left out but for
 * the hashes.
 */
public final class CompactProof {

    /** Stands before a node whose value follows as an item of its own. */
    static final int ESCAPE = 0x01;

    /** The most items that a proof may have. */
    public static final int ITEMS_MAX = 1 << 17;

    /** What a node costs beside its children and its value, about. */
    private static final int NODE_BYTES = 8;

    private CompactProof() {}

    /** Sees the entries of a range while it is written. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes an entry that is in the range.
         *
         * @param bytes about how long the proof is with it
         * @return whether the range goes on behind it
         */
        boolean entry(byte[] key, byte[] value, long bytes);
    }

    /**
     * What a range shows.
     *
     * @param entries those from its first key on, in order
     * @param isComplete whether the trie has no more behind them
     */
    public record Range(byte[] root, List<StateTrie.Entry> entries, boolean isComplete) {
        public Range {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Writes a range of a trie.
     *
     * @param from the first key, which need not have a value; empty for all of the trie
     * @throws TrieStoreException if the trie's store lacks a node
     */
    public static List<byte[]> write(StateTrie trie, byte[] from, Visitor visitor) {
        return new Writer(trie, from, visitor).write();
    }

    /**
     * Reads a range and checks that it is one of the trie with this root. Items of the next proof may follow.
     *
     * @param from the first key that counts; empty for all of the trie
     * @throws TrieException if the items are no such range
     */
    public static Range read(Iterator<byte[]> items, byte[] root, byte[] from) throws TrieException {
        var reader = new CompactReader(items, from);
        byte[] found = reader.root();
        if (!Arrays.equals(found, root)) {
            throw new TrieException("compact proof of the trie " + NodeView.hex(found) + ", expected "
                    + NodeView.hex(root));
        }
        return new Range(found, reader.entries(), reader.isComplete());
    }

    private static final class Writer {

        private final StateTrie trie;
        private final byte[] from;
        private final Visitor visitor;
        private final NodeWriter encoder = new NodeWriter();
        private final List<byte[]> items = new ArrayList<>();
        private long bytes;
        private boolean isEnded;

        Writer(StateTrie trie, byte[] from, Visitor visitor) {
            this.trie = trie;
            this.from = from;
            this.visitor = visitor;
        }

        List<byte[]> write() {
            if (trie.isEmpty()) {
                items.add(new byte[]{NodeView.EMPTY});
            } else {
                trie.root();
                walk(trie.rootNode(), false);
            }
            return items;
        }

        /** The recursion is as deep as the longest key of the trie is long. */
        private void walk(Node node, boolean isInline) {
            int place = items.size();
            if (!isInline) {
                items.add(null);
            }
            switch (node) {
                case Leaf leaf -> {
                    byte[] value = valueAt(leaf, leaf.key, leaf.isHashed);
                    if (!isInline) {
                        encoder.clear();
                        encoder.compactNode(leaf, 0, value != null && leaf.isHashed);
                        items.set(place, encoder.copy());
                    }
                    tell(leaf.key, value);
                }
                case Branch branch -> {
                    byte[] value = null;
                    if (branch.value != null) {
                        byte[] key = StateTrie.key(branch);
                        value = valueAt(branch, key, branch.isHashed);
                        tell(key, value);
                    }
                    int followed = children(branch);
                    if (!isInline) {
                        encoder.clear();
                        encoder.compactNode(branch, followed, value != null && branch.isHashed);
                        items.set(place, encoder.copy());
                    }
                }
                case StoredNode _ -> throw new IllegalStateException("a child that was not read from the store");
            }
        }

        /** The value where it is in the range, noted as an item where it stands beside the trie. */
        private byte[] valueAt(Node node, byte[] key, boolean isHashed) {
            bytes += NODE_BYTES + key.length;
            if (isEnded || Arrays.compareUnsigned(key, from) < 0) {
                return null;
            }
            byte[] value = trie.valueOf(node);
            bytes += value.length;
            if (isHashed) {
                items.add(value);
            }
            return value;
        }

        private void tell(byte[] key, byte[] value) {
            if (value != null) {
                isEnded = !visitor.entry(key, value, bytes);
            }
        }

        /** Goes through the children that are in the range; answers which ones have become items, a bit a slot. */
        private int children(Branch branch) {
            bytes += branch.children.length;
            int count = Nibbles.count(from);
            int shared = Nibbles.commonPrefix(branch.key, from, 0, Math.min(branch.end, count));
            int first = 0;
            if (shared < branch.end && shared < count) {
                if (Nibbles.at(branch.key, shared) < Nibbles.at(from, shared)) {
                    return 0;
                }
            } else if (shared == branch.end && shared < count) {
                first = branch.slot(Nibbles.at(from, shared));
            }
            bytes += (long) Node.HASH_LENGTH * first;
            int followed = 0;
            for (int slot = first; slot < branch.children.length && !isEnded; slot++) {
                Node child = trie.childOf(branch, slot);
                boolean isInline = child.merkleLength() < Node.HASH_LENGTH;
                walk(child, isInline);
                followed |= isInline ? 0 : 1 << slot;
            }
            return followed;
        }
    }
}
