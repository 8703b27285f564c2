package io.vilokanam.trie;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongConsumer;

import io.vilokanam.crypto.hash.Blake2b;

/**
 * A Substrate state trie as an immutable value: radix 16, Merkle-Patricia, blake2b-256. {@link #apply} gives a new trie that
 * shares all that did not change with the old one, so every block's state is a cheap snapshot, and only what changed is
 * hashed again.
 *
 * <p>A trie stands in memory as a whole, or over {@link NodeRows} or a {@link NodeStore}, from which nodes are read when first
 * needed and then kept; see {@link #unloaded}. Reading and applying is safe from several threads at once; those that commit
 * take turns.
 *
 * <p>Keys and values that are handed in or out are shared, not copied: nobody may modify them.
 */
public final class StateTrie {

    /** The root of the trie without entries: the hash of one zero byte. */
    private static final byte[] EMPTY_ROOT = HexFormat.of()
            .parseHex("03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314");
    private static final byte[] EMPTY_NODE = {NodeView.EMPTY};
    private static final byte[] NO_KEY = {};

    /** A key with its value. */
    public record Entry(byte[] key, byte[] value) {}

    private final Node root;
    private final NodeReader reader;
    private final TrieSearch search;

    private StateTrie(Node root, NodeReader reader) {
        this.root = root;
        this.reader = reader;
        this.search = new TrieSearch(reader);
    }

    /** The trie without entries, in memory. */
    public static StateTrie empty() {
        return new StateTrie(null, new NodeReader(NodeRows.EMPTY));
    }

    /** A trie in memory with these entries; the map sorts its keys by unsigned bytes. */
    public static StateTrie of(TrieLayout layout, SortedMap<byte[], byte[]> entries) {
        return empty().apply(layout, entries);
    }

    /**
     * The trie of a root hash, read from a store as it is used.
     *
     * @throws TrieStoreException if the store lacks the root node, or later any node or value that is needed
     */
    public static StateTrie open(byte[] root, NodeStore store) {
        var reader = new NodeReader(store);
        return new StateTrie(Arrays.equals(root, EMPTY_ROOT) ? null : reader.root(root), reader);
    }

    /**
     * The trie of a root's row, read as it is used.
     *
     * @param address where the root's row lies, 0 for the trie without entries
     * @throws TrieStoreException if that row is missing, or later any other
     */
    public static StateTrie open(long address, NodeRows rows) {
        var reader = new NodeReader(rows);
        return new StateTrie(address == Node.NOT_WRITTEN ? null : reader.root(address), reader);
    }

    /** The root hash of the trie without entries. */
    public static byte[] emptyRoot() {
        return EMPTY_ROOT.clone();
    }

    public boolean isEmpty() {
        return root == null;
    }

    /** The root hash; computed when first asked for, for what changed since the trie this one came from. */
    public byte[] root() {
        if (root == null) {
            return EMPTY_ROOT.clone();
        }
        new NodeWriter().merkle(root);
        byte[] merkle = root.merkle();
        int length = root.merkleLength();
        return length == Node.HASH_LENGTH ? merkle : Blake2b.hash256(Arrays.copyOf(merkle, length));
    }

    /** The value of a key. */
    public Optional<byte[]> get(byte[] key) {
        Node node = search.find(root, key);
        return node == null ? Optional.empty() : Optional.of(value(node));
    }

    /** Whether the key has a value; does not read a value that stands beside the trie. */
    public boolean contains(byte[] key) {
        return search.find(root, key) != null;
    }

    /** The smallest key, by unsigned bytes, that is greater than the given one. */
    public Optional<byte[]> nextKey(byte[] key) {
        Node node = search.next(root, key, false);
        return node == null ? Optional.empty() : Optional.of(key(node));
    }

    /**
     * What the trie says of all that lies below a key as one value: the merkle value of the node at the key or the nearest
     * below it, that is the encoded node where it is shorter than a hash, else its hash. The root node always counts by its
     * hash. Empty where no key has this prefix.
     */
    public Optional<byte[]> closestMerkleValue(byte[] prefix) {
        Node node = search.closest(root, prefix);
        if (node == null) {
            return Optional.empty();
        }
        byte[] rootHash = root();
        return Optional.of(node == root ? rootHash : Arrays.copyOf(node.merkle(), node.merkleLength()));
    }

    /** All keys that begin with the prefix, in order. */
    public Iterator<byte[]> keys(byte[] prefix) {
        return keysFrom(prefix, prefix, true);
    }

    /** The keys that begin with the prefix and are greater than {@code after}, in order. */
    public Iterator<byte[]> keysAfter(byte[] prefix, byte[] after) {
        return Arrays.compareUnsigned(after, prefix) < 0 ? keys(prefix) : keysFrom(prefix, after, false);
    }

    /** All entries whose key begins with the prefix, in order. */
    public Iterator<Entry> entries(byte[] prefix) {
        return entries(new Walk(prefix, prefix, true));
    }

    /** The entries with a greater key than {@code after}, in order. */
    public Iterator<Entry> entriesAfter(byte[] after) {
        return entries(new Walk(NO_KEY, after, false));
    }

    private Iterator<Entry> entries(Walk nodes) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return nodes.hasNext();
            }

            @Override
            public Entry next() {
                Node node = nodes.next();
                return new Entry(key(node), value(node));
            }
        };
    }

    /**
     * The trie after some changes: a key with its new value, or with null to delete it. The values written get the form that
     * the layout says; all others keep theirs.
     *
     * @param changes sorted by unsigned bytes of the key
     * @throws IllegalArgumentException if the map sorts otherwise
     */
    public StateTrie apply(TrieLayout layout, SortedMap<byte[], byte[]> changes) {
        byte[][] keys = new byte[changes.size()][];
        byte[][] values = new byte[keys.length][];
        int count = 0;
        for (Map.Entry<byte[], byte[]> change : changes.entrySet()) {
            keys[count] = change.getKey();
            values[count++] = change.getValue();
        }
        return apply(layout, keys, values);
    }

    /**
     * As {@link #apply(TrieLayout, SortedMap)}, with the changes in two arrays: keys in ascending order, none twice.
     *
     * @throws IllegalArgumentException if they are not in that order, or the arrays differ in length
     */
    public StateTrie apply(TrieLayout layout, byte[][] keys, byte[][] values) {
        SortedTrie.requireSorted(keys, values);
        Node changed = new TrieUpdate(layout, reader, keys, values).apply(root);
        return changed == root ? this : new StateTrie(changed, reader);
    }

    /**
     * Hands the rows of all nodes that have none yet to the sink, and takes them for written from then on. A trie of a proof
     * has no rows.
     *
     * @return the address of the root's row, 0 for the trie without entries
     */
    public long commit(RowSink sink) {
        if (root == null) {
            return Node.NOT_WRITTEN;
        }
        if (root.address() == Node.NOT_WRITTEN) {
            root();
            new TrieCommit(sink).commit(root);
        }
        return root.address();
    }

    /**
     * Tells the addresses of those rows of this trie that another one does without. Only what differs is looked at.
     *
     * @param after a trie that came from this one by changes
     * @throws IllegalStateException if this trie was not committed
     */
    public void replaced(StateTrie after, LongConsumer gone) {
        if (root != null && root != after.root) {
            new TrieReplaced(reader, gone).compare(root, after.root);
        }
    }

    /**
     * The same trie without any node in memory but the root, all else to be read again from the given rows, to which this
     * trie must have been committed and written. A node calls this on its newest state every so many blocks, so that what
     * was read does not stay in memory for ever; {@link RowCache} keeps the often used nodes near.
     */
    public StateTrie unloaded(NodeRows rows) {
        return open(address(), rows);
    }

    /**
     * Where the root's row lies, 0 for the trie without entries.
     *
     * @throws IllegalStateException if this trie was not committed
     */
    public long address() {
        if (root == null) {
            return Node.NOT_WRITTEN;
        }
        if (root.address() == Node.NOT_WRITTEN) {
            throw new IllegalStateException("a trie that was not committed has no address");
        }
        return root.address();
    }

    /** All nodes on the way to a key, the root first, and the value's node last where there is one beside the trie. */
    void visit(byte[] key, ProofVisitor visitor) {
        var writer = new NodeWriter();
        if (root == null) {
            visitor.node(EMPTY_NODE);
            return;
        }
        writer.merkle(root);
        Node found = search.find(root, key, node -> {
            if (node == root || node.merkleLength() == Node.HASH_LENGTH) {
                writer.clear();
                writer.node(node);
                visitor.node(writer.copy());
            }
        });
        if (found != null && isHashed(found)) {
            visitor.node(value(found));
        }
    }

    /** Takes the parts of a proof. */
    @FunctionalInterface
    interface ProofVisitor {
        void node(byte[] encoded);
    }

    Node rootNode() {
        return root;
    }

    Node childOf(Branch branch, int slot) {
        return reader.child(branch, slot);
    }

    byte[] valueOf(Node node) {
        return value(node);
    }

    private Iterator<byte[]> keysFrom(byte[] prefix, byte[] from, boolean orEqual) {
        var nodes = new Walk(prefix, from, orEqual);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return nodes.hasNext();
            }

            @Override
            public byte[] next() {
                return key(nodes.next());
            }
        };
    }

    private byte[] value(Node node) {
        return reader.value(switch (node) {
            case Leaf leaf -> leaf.value;
            case Branch branch -> branch.value;
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has no value");
        });
    }

    /** Whether the node's value stands beside the trie. */
    static boolean isHashed(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf.isHashed;
            case Branch branch -> branch.isHashed;
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has no value");
        };
    }

    static byte[] key(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf.key;
            case Branch branch when Nibbles.count(branch.key) == branch.end -> branch.key;
            case Branch branch -> Arrays.copyOf(branch.key, branch.end >>> 1);
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has no key");
        };
    }

    /** Nodes with values in key order, as far as their keys begin with a prefix. */
    private final class Walk implements Iterator<Node> {

        private final byte[] prefix;
        private final TrieWalk walk = new TrieWalk(reader);
        private Node next;

        Walk(byte[] prefix, byte[] from, boolean orEqual) {
            this.prefix = prefix;
            this.next = withinPrefix(walk.begin(root, from, orEqual));
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Node next() {
            Node current = next;
            if (current == null) {
                throw new NoSuchElementException();
            }
            next = withinPrefix(walk.next());
            return current;
        }

        private Node withinPrefix(Node node) {
            if (node == null) {
                return null;
            }
            byte[] key = key(node);
            boolean begins = key.length >= prefix.length
                    && Arrays.mismatch(key, 0, prefix.length, prefix, 0, prefix.length) < 0;
            return begins ? node : null;
        }
    }
}
