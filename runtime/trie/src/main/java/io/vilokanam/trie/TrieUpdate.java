package io.vilokanam.trie;

import java.util.Arrays;

/**
 * Applies sorted changes to a persistent trie in one descent: each node on the way is rebuilt once, however many changes
 * lie below it, and subtrees without changes are shared with the old trie.
 */
final class TrieUpdate {

    /**
     * How many nodes may stand above one another. Only keys that are prefixes of one another in a row of this many get
     * there; pallets hash what users choose, so a chain stays below some tens.
     */
    static final int DEPTH_MAX = 512;

    private final TrieLayout layout;
    private final NodeReader reader;
    private final byte[][] keys;
    /** null deletes. */
    private final byte[][] values;

    TrieUpdate(TrieLayout layout, NodeReader reader, byte[][] keys, byte[][] values) {
        this.layout = layout;
        this.reader = reader;
        this.keys = keys;
        this.values = values;
    }

    /** The root of the trie after the changes, null if it is empty. */
    Node apply(Node root) {
        return keys.length == 0 ? root : update(root, 0, 0, keys.length, 0);
    }

    /**
     * Applies the changes {@code [from, to)}, whose keys share the first {@code depth} nibbles, to the subtree that hangs
     * at this depth. The node given may begin elsewhere, as it does when a new branch is put above it; the one returned
     * begins at the depth. The same node comes back if nothing changed.
     */
    private Node update(Node node, int depth, int from, int to, int level) {
        if (level > DEPTH_MAX) {
            throw new IllegalStateException("trie of more than " + DEPTH_MAX + " nodes above one another");
        }
        byte[] first = keys[from];
        if (node == null && to - from == 1) {
            byte[] value = values[from];
            return value == null ? null : new Leaf(first, depth, value, layout.hashes(value.length));
        }
        byte[] last = keys[to - 1];
        int split = Nibbles.commonPrefix(first, last, depth, Nibbles.count(first.length < last.length ? first : last));
        return switch (node) {
            case null -> rebuild(null, null, first, depth, split, from, to, level);
            case Leaf leaf -> {
                int end = Nibbles.count(leaf.key);
                int shared = Nibbles.commonPrefix(first, leaf.key, depth, Math.min(split, end));
                yield rebuild(leaf, shared < end ? null : leaf, leaf.key, depth, shared, from, to, level);
            }
            case Branch branch -> {
                int shared = Nibbles.commonPrefix(first, branch.key, depth, Math.min(split, branch.end));
                yield rebuild(branch, shared < branch.end ? null : branch, branch.key, depth, shared, from, to, level);
            }
            case StoredNode _ -> throw new IllegalStateException("a child that was not read from the store");
        };
    }

    /**
     * Builds what stands at {@code split}, where the paths of the changes and the old node part.
     *
     * @param old what hung here
     * @param here the old node again if it ends just at the split, null if it lies below it
     * @param path an array whose first {@code split} nibbles are the path
     */
    private Node rebuild(Node old, Node here, byte[] path, int depth, int split, int from, int to, int level) {
        Node[] children = new Node[Nibbles.RADIX];
        Branch branch = here instanceof Branch found ? found : null;
        Object value = null;
        boolean isHashed = false;
        if (branch != null) {
            int slot = 0;
            for (int rest = branch.bitmap; rest != 0; rest &= rest - 1) {
                children[Integer.numberOfTrailingZeros(rest)] = branch.children[slot++];
            }
            value = branch.value;
            isHashed = branch.isHashed;
        } else if (here instanceof Leaf leaf) {
            value = leaf.value;
            isHashed = leaf.isHashed;
        } else if (old != null) {
            children[Nibbles.at(path, split)] = old;
        }
        boolean isChanged = here == null;
        int index = from;
        if (Nibbles.count(keys[from]) == split) {
            byte[] written = values[index++];
            boolean hashes = written != null && layout.hashes(written.length);
            if (!isSame(value, isHashed, written, hashes)) {
                value = written;
                isHashed = hashes;
                isChanged = true;
            }
        }
        while (index < to) {
            int nibble = Nibbles.at(keys[index], split);
            int end = index + 1;
            while (end < to && Nibbles.at(keys[end], split) == nibble) {
                end++;
            }
            Node before = children[nibble];
            if (before instanceof StoredNode) {
                before = reader.child(branch, branch.slot(nibble));
            }
            Node after = update(before, split + 1, index, end, level + 1);
            children[nibble] = after;
            isChanged |= after != before;
            index = end;
        }
        return isChanged ? unlessSame(old, assemble(branch, path, depth, split, value, isHashed, children))
                : at(old, depth);
    }

    /** Deleting keys that are not there may move a node down and up again: it is then the one that it was. */
    private static Node unlessSame(Node old, Node now) {
        return switch (now) {
            case Leaf leaf when old instanceof Leaf before && leaf.key == before.key && leaf.start == before.start
                    && leaf.value == before.value && leaf.isHashed == before.isHashed ->
                before;
            case Branch branch when old instanceof Branch before && branch.key == before.key
                    && branch.start == before.start && branch.end == before.end
                    && branch.children == before.children && branch.value == before.value ->
                before;
            case null -> null;
            case Leaf _,Branch _,StoredNode _ -> now;
        };
    }

    private Node assemble(Branch before, byte[] path, int depth, int split, Object value, boolean isHashed,
            Node[] children) {
        int bitmap = 0;
        for (int nibble = 0; nibble < Nibbles.RADIX; nibble++) {
            if (children[nibble] != null) {
                bitmap |= 1 << nibble;
            }
        }
        int count = Integer.bitCount(bitmap);
        if (count == 0) {
            return value == null ? null : new Leaf(wholeKey(path, split), depth, value, isHashed);
        }
        if (count == 1 && value == null) {
            int nibble = Integer.numberOfTrailingZeros(bitmap);
            Node only = children[nibble];
            return at(only instanceof StoredNode ? reader.child(before, before.slot(nibble)) : only, depth);
        }
        Node[] dense = new Node[count];
        int slot = 0;
        for (int rest = bitmap; rest != 0; rest &= rest - 1) {
            int nibble = Integer.numberOfTrailingZeros(rest);
            dense[slot++] = at(children[nibble], split + 1);
        }
        return new Branch(path, depth, split, value, isHashed, (char) bitmap, dense);
    }

    private static boolean isSame(Object value, boolean isHashed, byte[] written, boolean hashes) {
        if (value == null || written == null) {
            return value == written;
        }
        return isHashed == hashes && value instanceof byte[] bytes && Arrays.equals(bytes, written);
    }

    /** The node with its part of the path beginning elsewhere. */
    private static Node at(Node node, int start) {
        return switch (node) {
            case Leaf leaf when leaf.start != start -> new Leaf(leaf.key, start, leaf.value, leaf.isHashed);
            case Branch branch when branch.start != start -> new Branch(branch.key, start, branch.end, branch.value,
                    branch.isHashed, branch.bitmap, branch.children);
            case Leaf _,Branch _,StoredNode _ -> node;
        };
    }

    private static byte[] wholeKey(byte[] path, int nibbles) {
        return Nibbles.count(path) == nibbles ? path : Arrays.copyOf(path, nibbles >>> 1);
    }
}
