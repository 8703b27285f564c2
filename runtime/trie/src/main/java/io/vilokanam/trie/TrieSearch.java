package io.vilokanam.trie;

import java.util.Arrays;
import java.util.function.Consumer;

/** Finds keys in a persistent trie. */
final class TrieSearch {

    private final NodeReader reader;

    TrieSearch(NodeReader reader) {
        this.reader = reader;
    }

    /**
     * The node whose path is the whole key and that has a value, or null.
     *
     * @param visitor sees every node on the way, also when nothing is found
     */
    Node find(Node root, byte[] key, Consumer<Node> visitor) {
        Node node = root;
        int end = Nibbles.count(key);
        while (node != null) {
            visitor.accept(node);
            switch (node) {
                case Leaf leaf -> {
                    return isLeafOf(leaf, key, end) ? leaf : null;
                }
                case Branch branch -> {
                    if (!isOnPath(branch, key, end)) {
                        return null;
                    }
                    if (branch.end == end) {
                        return branch.value == null ? null : branch;
                    }
                    node = childOrNull(branch, Nibbles.at(key, branch.end));
                }
                case StoredNode _ -> throw notRead();
            }
        }
        return null;
    }

    /** As {@link #find}, without telling anybody. */
    Node find(Node root, byte[] key) {
        Node node = root;
        int end = Nibbles.count(key);
        while (node instanceof Branch branch) {
            if (!isOnPath(branch, key, end)) {
                return null;
            }
            if (branch.end == end) {
                return branch.value == null ? null : branch;
            }
            node = childOrNull(branch, Nibbles.at(key, branch.end));
        }
        return node instanceof Leaf leaf && isLeafOf(leaf, key, end) ? leaf : null;
    }

    /** The topmost node all of whose keys begin with the given one, or null. */
    Node closest(Node root, byte[] key) {
        Node node = root;
        int end = Nibbles.count(key);
        while (node instanceof Branch branch && branch.end < end) {
            if (!isOnPath(branch, key, end)) {
                return null;
            }
            node = childOrNull(branch, Nibbles.at(key, branch.end));
        }
        return switch (node) {
            case null -> null;
            case Leaf leaf -> Nibbles.count(leaf.key) >= end
                    && Nibbles.commonPrefix(leaf.key, key, leaf.start, end) == end ? leaf : null;
            case Branch branch -> Nibbles.commonPrefix(branch.key, key, branch.start, end) == end ? branch : null;
            case StoredNode _ -> throw notRead();
        };
    }

    /**
     * The node of the smallest key that is greater than the given one, or null.
     *
     * @param orEqual whether the key itself counts, too
     */
    Node next(Node node, byte[] key, boolean orEqual) {
        int count = Nibbles.count(key);
        return switch (node) {
            case null -> null;
            case Leaf leaf -> {
                int order = Arrays.compareUnsigned(leaf.key, key);
                yield order > 0 || orEqual && order == 0 ? leaf : null;
            }
            case Branch branch -> {
                int shared = Nibbles.commonPrefix(branch.key, key, branch.start, Math.min(branch.end, count));
                if (shared == count) {
                    boolean isBelow = branch.end > count || orEqual;
                    yield isBelow ? first(branch) : firstChildFrom(branch, 0);
                }
                if (shared < branch.end) {
                    yield Nibbles.at(branch.key, shared) > Nibbles.at(key, shared) ? first(branch) : null;
                }
                int nibble = Nibbles.at(key, shared);
                Node found = next(childOrNull(branch, nibble), key, orEqual);
                yield found != null ? found : firstChildFrom(branch, nibble + 1);
            }
            case StoredNode _ -> throw notRead();
        };
    }

    private Node first(Node node) {
        Node first = node;
        while (first instanceof Branch branch && branch.value == null) {
            first = reader.child(branch, 0);
        }
        return first;
    }

    private Node firstChildFrom(Branch branch, int nibble) {
        int slot = branch.slot(nibble);
        return slot == branch.children.length ? null : first(reader.child(branch, slot));
    }

    private Node childOrNull(Branch branch, int nibble) {
        return branch.hasChild(nibble) ? reader.child(branch, branch.slot(nibble)) : null;
    }

    private static boolean isLeafOf(Leaf leaf, byte[] key, int end) {
        return Nibbles.count(leaf.key) == end && Nibbles.commonPrefix(leaf.key, key, leaf.start, end) == end;
    }

    private static boolean isOnPath(Branch branch, byte[] key, int end) {
        return branch.end <= end && Nibbles.commonPrefix(branch.key, key, branch.start, branch.end) == branch.end;
    }

    private static IllegalStateException notRead() {
        return new IllegalStateException("a child that was not read from the store");
    }
}
