package io.vilokanam.trie;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Reads nodes by address, or nodes and values by hash, and puts them in the place of what is known of them. */
final class NodeReader {

    private static final byte[] NO_PATH = {};
    private static final int NO_CHILD = -1;

    private final NodeStore store;
    private final NodeRows rows;

    /** Reads the nodes of a proof. */
    NodeReader(NodeStore store) {
        this.store = store;
        this.rows = NodeRows.EMPTY;
    }

    /** Reads the nodes of a state. */
    NodeReader(NodeRows rows) {
        this.store = NodeStore.EMPTY;
        this.rows = rows;
    }

    /** The root node behind a root hash that is not the empty one. */
    Node root(byte[] hash) {
        return read(hash, NO_PATH, 0, NO_CHILD);
    }

    /** The root node of a row; its merkle value is not known yet. */
    Node root(long address) {
        return read(address, NO_PATH, 0, NO_CHILD);
    }

    /** A child of a branch by its place among the children there are. */
    Node child(Branch branch, int slot) {
        Node child = branch.children[slot];
        if (child instanceof StoredNode stored) {
            int nibble = nibble(branch.bitmap, slot);
            if (stored.address() == Node.NOT_WRITTEN) {
                child = read(stored.merkle(), branch.key, branch.end, nibble);
            } else {
                child = read(stored.address(), branch.key, branch.end, nibble);
                byte[] hash = stored.merkle();
                child.merkle(hash, 0, Node.HASH_LENGTH);
            }
            // As behind a constructor that sets final fields: who sees the node sees its address.
            VarHandle.storeStoreFence();
            branch.children[slot] = child;
        }
        return child;
    }

    byte[] value(Object value) {
        return value instanceof StoredValue stored ? stored.bytes(store) : (byte[]) value;
    }

    /** The nibble of the child in a slot. */
    static int nibble(int bitmap, int slot) {
        int rest = bitmap;
        for (int i = 0; i < slot; i++) {
            rest &= rest - 1;
        }
        return Integer.numberOfTrailingZeros(rest);
    }

    private Node read(byte[] hash, byte[] path, int pathEnd, int nibble) {
        byte[] encoded = store.node(hash);
        if (encoded == null) {
            throw new TrieStoreException("the store lacks the trie node " + NodeView.hex(hash));
        }
        try {
            Node node = node(NodeView.of(encoded, 0, encoded.length), Node.NOT_WRITTEN, path, pathEnd, nibble);
            if (encoded.length < Node.HASH_LENGTH) {
                node.merkle(Arrays.copyOf(encoded, Node.HASH_LENGTH), 0, encoded.length);
            } else {
                node.merkle(hash, 0, Node.HASH_LENGTH);
            }
            return node;
        } catch (TrieException e) {
            throw new TrieStoreException(
                    "the store holds no trie node at " + NodeView.hex(hash) + ": " + e.getMessage(), e);
        }
    }

    private Node read(long address, byte[] path, int pathEnd, int nibble) {
        byte[] row = rows.row(address);
        if (row == null) {
            throw new TrieStoreException("the store lacks the trie node at " + address);
        }
        try {
            return node(NodeView.ofRow(row), address, path, pathEnd, nibble);
        } catch (TrieException e) {
            throw new TrieStoreException("the store holds no trie node at " + address + ": " + e.getMessage(), e);
        }
    }

    private static Node node(NodeView view, long address, byte[] path, int pathEnd, int nibble) throws TrieException {
        if (view.isEmpty) {
            throw new TrieException("an empty trie within a trie");
        }
        int start = nibble == NO_CHILD ? 0 : pathEnd + 1;
        int end = start + view.partialNibbles;
        byte[] key = Nibbles.join(path, pathEnd, nibble, view.bytes, view.partialOffset, view.partialNibbles);
        if (view.hasValue && (end & 1) == 1) {
            throw new TrieException("a value at a key of " + end + " nibbles, expected whole bytes");
        }
        Node node = view.isLeaf ? new Leaf(key, start, value(view), view.isHashed)
                : new Branch(key, start, end, value(view), view.isHashed, (char) view.bitmap, children(view, key, end));
        node.address(address);
        return node;
    }

    private static Object value(NodeView view) {
        if (!view.hasValue) {
            return null;
        }
        byte[] bytes = Arrays.copyOfRange(view.bytes, view.valueOffset, view.valueOffset + view.valueLength);
        return view.isHashed && !view.isRow() ? new StoredValue(bytes) : bytes;
    }

    private static Node[] children(NodeView view, byte[] key, int end) throws TrieException {
        Node[] children = new Node[Integer.bitCount(view.bitmap)];
        int slot = 0;
        for (int rest = view.bitmap; rest != 0; rest &= rest - 1) {
            int nibble = Integer.numberOfTrailingZeros(rest);
            int offset = view.childOffset[nibble];
            int length = view.childLength[nibble];
            if (length == Node.HASH_LENGTH) {
                children[slot++] = new StoredNode(view.bytes, offset, view.childAddress(nibble));
            } else {
                // A node within a node is shorter than it: the recursion ends after 32 levels.
                long address = view.isRow() ? Node.WITHIN_PARENT : Node.NOT_WRITTEN;
                Node child = node(NodeView.of(view.bytes, offset, length), address, key, end, nibble);
                child.merkle(Arrays.copyOfRange(view.bytes, offset, offset + Node.HASH_LENGTH), 0, length);
                children[slot++] = child;
            }
        }
        return children;
    }
}
