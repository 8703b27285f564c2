package io.vilokanam.trie;

import java.util.function.LongConsumer;

/**
 * Finds the rows of a trie that a later one does without, by going down both side by side. Rows are shared by place: the same
 * node stands in both at the same path, so whatever hangs there under another address has taken its place. Only what differs
 * is visited.
 */
final class TrieReplaced {

    private final NodeReader reader;
    private final LongConsumer gone;

    /** @param reader reads the earlier trie's rows */
    TrieReplaced(NodeReader reader, LongConsumer gone) {
        this.reader = reader;
        this.gone = gone;
    }

    /**
     * Tells what is gone of a subtree.
     *
     * @param later what hangs at the same place now, null if nothing does
     */
    void compare(Node earlier, Node later) {
        if (later != null && earlier.address() == later.address()) {
            return;
        }
        if (take(earlier)) {
            below(earlier, later);
        }
    }

    /** Whether the node had a row of its own, which is gone now. */
    private boolean take(Node earlier) {
        if (earlier.address() == Node.WITHIN_PARENT) {
            return false;
        }
        if (earlier.address() == Node.NOT_WRITTEN) {
            throw new IllegalStateException("a state is compared with one that was not written");
        }
        gone.accept(earlier.address());
        return true;
    }

    /**
     * The same for all below a node that is gone itself.
     *
     * @param later a node on whose path the earlier one's, or one below it, may lie
     */
    private void below(Node earlier, Node later) {
        switch (earlier) {
            case Leaf _ -> {
                // Nothing is below it.
            }
            case Branch branch when later instanceof Branch now && isOnOnePath(branch, now) -> below(branch, now);
            case Branch branch -> {
                for (int slot = 0; slot < branch.children.length; slot++) {
                    child(branch, slot, null);
                }
            }
            case StoredNode _ -> throw new IllegalStateException("a child that was not read from the store");
        }
    }

    private void below(Branch earlier, Branch later) {
        if (later.end < earlier.end) {
            // Another key parted from the path above the earlier node, which hangs deeper now.
            below((Node) earlier, childAt(later, Nibbles.at(earlier.key, later.end)));
            return;
        }
        int slot = 0;
        for (int rest = earlier.bitmap; rest != 0; rest &= rest - 1, slot++) {
            int nibble = Integer.numberOfTrailingZeros(rest);
            if (later.end == earlier.end) {
                child(earlier, slot, childAt(later, nibble));
            } else {
                // The earlier node had one child left, which hangs in its place now.
                child(earlier, slot, nibble == Nibbles.at(later.key, earlier.end) ? later : null);
            }
        }
    }

    /** Compares a child, which is read only where it is gone itself. */
    private void child(Branch parent, int slot, Node later) {
        Node earlier = parent.children[slot];
        if ((later == null || earlier.address() != later.address()) && take(earlier)) {
            below(reader.child(parent, slot), later);
        }
    }

    private static Node childAt(Branch branch, int nibble) {
        return branch.hasChild(nibble) ? branch.children[branch.slot(nibble)] : null;
    }

    private static boolean isOnOnePath(Branch one, Branch other) {
        int shorter = Math.min(one.end, other.end);
        return Nibbles.commonPrefix(one.key, other.key, Math.min(one.start, other.start), shorter) == shorter;
    }
}
