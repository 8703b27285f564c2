package io.vilokanam.trie;

import java.util.Arrays;

/** Goes through the nodes with values in the order of their keys, and keeps the way from the root: a step costs one node. */
final class TrieWalk {

    private static final int FIRST_CAPACITY = 16;

    private final NodeReader reader;
    private Branch[] way = new Branch[FIRST_CAPACITY];
    /** Which child of each branch on the way comes next. */
    private int[] slots = new int[FIRST_CAPACITY];
    private int depth;

    TrieWalk(NodeReader reader) {
        this.reader = reader;
    }

    /**
     * Begins at the node of the smallest key that is greater than the given one; null if there is none.
     *
     * @param orEqual whether the key itself counts, too
     */
    Node begin(Node root, byte[] key, boolean orEqual) {
        int count = Nibbles.count(key);
        Node node = root;
        while (node instanceof Branch branch) {
            int shared = Nibbles.commonPrefix(branch.key, key, branch.start, Math.min(branch.end, count));
            if (shared == count) {
                boolean isBelow = branch.end > count || orEqual;
                if (isBelow) {
                    return enter(branch);
                }
                push(branch, 0);
                return next();
            }
            if (shared < branch.end) {
                return Nibbles.at(branch.key, shared) > Nibbles.at(key, shared) ? enter(branch) : next();
            }
            int nibble = Nibbles.at(key, shared);
            int slot = branch.slot(nibble);
            if (!branch.hasChild(nibble)) {
                push(branch, slot);
                return next();
            }
            push(branch, slot + 1);
            node = reader.child(branch, slot);
        }
        if (node instanceof Leaf leaf) {
            int order = Arrays.compareUnsigned(leaf.key, key);
            if (order > 0 || orEqual && order == 0) {
                return leaf;
            }
        }
        return next();
    }

    /** The node after the one that came last, or null. */
    Node next() {
        while (depth > 0) {
            Branch branch = way[depth - 1];
            int slot = slots[depth - 1]++;
            if (slot < branch.children.length) {
                return enter(reader.child(branch, slot));
            }
            depth--;
        }
        return null;
    }

    /** The first node with a value at or below this one. */
    private Node enter(Node top) {
        Node node = top;
        while (node instanceof Branch branch) {
            if (branch.value != null) {
                push(branch, 0);
                return branch;
            }
            push(branch, 1);
            node = reader.child(branch, 0);
        }
        return node;
    }

    private void push(Branch branch, int slot) {
        if (depth == way.length) {
            way = Arrays.copyOf(way, 2 * depth);
            slots = Arrays.copyOf(slots, 2 * depth);
        }
        way[depth] = branch;
        slots[depth++] = slot;
    }
}
