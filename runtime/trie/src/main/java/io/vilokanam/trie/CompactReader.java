package io.vilokanam.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import io.vilokanam.crypto.hash.Blake2b;

/**
 * Reads one range of a {@link CompactProof}: computes the hashes from below, and gathers the entries up to the first place
 * where something is left out. Nothing is believed before the root is compared.
 */
final class CompactReader {

    /** Nodes lie within one another; the longest key that is followed, in nibbles. */
    private static final int DEPTH_MAX = 2_048;

    private static final byte[] NO_PATH = {};
    private static final int NO_CHILD = -1;

    private final Iterator<byte[]> items;
    private final byte[] from;
    private final List<StateTrie.Entry> entries = new ArrayList<>();
    private int count;
    private boolean hasGap;

    CompactReader(Iterator<byte[]> items, byte[] from) {
        this.items = items;
        this.from = from;
    }

    /** Reads all; the root hash. */
    byte[] root() throws TrieException {
        byte[] first = next();
        if (first.length == 1 && first[0] == NodeView.EMPTY) {
            return StateTrie.emptyRoot();
        }
        byte[] encoded = node(first, NO_PATH, 0, NO_CHILD, 0);
        return Blake2b.hash256(encoded);
    }

    List<StateTrie.Entry> entries() {
        return entries;
    }

    boolean isComplete() {
        return !hasGap;
    }

    private byte[] next() throws TrieException {
        if (!items.hasNext() || ++count > CompactProof.ITEMS_MAX) {
            throw new TrieException(
                    "compact proof ends within a trie, or has over " + CompactProof.ITEMS_MAX + " items");
        }
        return items.next();
    }

    /** Reads a node and all that follows below it; answers how the node is really encoded. */
    private byte[] node(byte[] item, byte[] path, int pathEnd, int nibble, int depth) throws TrieException {
        boolean isValueFollowed = item.length > 0 && item[0] == CompactProof.ESCAPE;
        int offset = isValueFollowed ? 1 : 0;
        NodeView view = NodeView.ofCompact(item, offset, item.length - offset);
        if (isValueFollowed && (!view.hasValue || view.isHashed || view.valueLength != 0)) {
            throw new TrieException("compact proof: a node whose value follows has one of its own");
        }
        byte[] key = key(view, path, pathEnd, nibble, depth);
        int end = end(view, pathEnd, nibble);
        byte[] followed = isValueFollowed ? next() : null;
        entry(view, key, followed);
        byte[][] hashes = new byte[Nibbles.RADIX][];
        for (int rest = view.bitmap; rest != 0; rest &= rest - 1) {
            int child = Integer.numberOfTrailingZeros(rest);
            if (view.childLength[child] == 0) {
                byte[] encoded = node(next(), key, end, child, depth + 1);
                hashes[child] = encoded.length < Node.HASH_LENGTH ? encoded : Blake2b.hash256(encoded);
            } else if (view.childLength[child] == Node.HASH_LENGTH) {
                gap(key, end, child);
            } else {
                inline(NodeView.of(view.bytes, view.childOffset[child], view.childLength[child]), key, end, child,
                        depth + 1);
            }
        }
        return new NodeWriter().rewrite(view, followed, hashes);
    }

    /** A node within its parent has no children beside it. */
    private void inline(NodeView view, byte[] path, int pathEnd, int nibble, int depth) throws TrieException {
        byte[] key = key(view, path, pathEnd, nibble, depth);
        entry(view, key, null);
        for (int rest = view.bitmap; rest != 0; rest &= rest - 1) {
            int child = Integer.numberOfTrailingZeros(rest);
            inline(NodeView.of(view.bytes, view.childOffset[child], view.childLength[child]), key,
                    end(view, pathEnd, nibble), child, depth + 1);
        }
    }

    private static int end(NodeView view, int pathEnd, int nibble) {
        return (nibble == NO_CHILD ? pathEnd : pathEnd + 1) + view.partialNibbles;
    }

    private static byte[] key(NodeView view, byte[] path, int pathEnd, int nibble, int depth) throws TrieException {
        if (view.isEmpty || depth > DEPTH_MAX || end(view, pathEnd, nibble) > NodeView.PARTIAL_MAX_NIBBLES) {
            throw new TrieException("compact proof: an empty node within a trie, or a trie too deep");
        }
        if (view.hasValue && (end(view, pathEnd, nibble) & 1) == 1) {
            throw new TrieException("compact proof: a value at a key that is not of whole bytes");
        }
        return Nibbles.join(path, pathEnd, nibble, view.bytes, view.partialOffset, view.partialNibbles);
    }

    private void entry(NodeView view, byte[] key, byte[] followed) {
        if (!view.hasValue || hasGap || Arrays.compareUnsigned(key, from) < 0) {
            return;
        }
        if (view.isHashed) {
            hasGap = true;
        } else {
            entries.add(new StateTrie.Entry(key, followed != null ? followed
                    : Arrays.copyOfRange(view.bytes, view.valueOffset, view.valueOffset + view.valueLength)));
        }
    }

    /** A child was left out: its keys are all before those that were asked for, or the range ends here. */
    private void gap(byte[] key, int end, int nibble) {
        int count = Nibbles.count(from);
        int shared = Nibbles.commonPrefix(key, from, 0, Math.min(end, count));
        boolean isBefore = shared < count && (shared < end
                ? Nibbles.at(key, shared) < Nibbles.at(from, shared)
                : nibble < Nibbles.at(from, shared));
        hasGap |= !isBefore;
    }
}
