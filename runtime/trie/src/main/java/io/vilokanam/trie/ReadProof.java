package io.vilokanam.trie;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.vilokanam.crypto.hash.Blake2b;

/**
 * A set of trie nodes that shows the values of some keys, or that they have none, to whoever knows the root hash. A value
 * that stands beside the trie is a node of its own. Inlined nodes stand in their parents.
 *
 * <p>Surplus nodes are ignored, a missing node is an error only for a key that needs it (sp-state-machine,
 * {@code read_proof_check}).
 */
public final class ReadProof {

    /** The most nodes a proof may have. */
    public static final int NODES_MAX = 1 << 16;

    private final List<byte[]> nodes;
    private final Map<HashKey, byte[]> byHash;

    private ReadProof(Collection<byte[]> nodes) {
        this.nodes = List.copyOf(nodes);
        this.byHash = HashMap.newHashMap(nodes.size());
        for (byte[] node : nodes) {
            byHash.put(HashKey.of(Blake2b.hash256(node), 0), node);
        }
    }

    /**
     * A proof that somebody else made; its nodes are looked at when a key needs them.
     *
     * @throws TrieException if there are more than {@link #NODES_MAX} nodes
     */
    public static ReadProof of(Collection<byte[]> nodes) throws TrieException {
        if (nodes.size() > NODES_MAX) {
            throw new TrieException("proof of " + nodes.size() + " nodes, expected at most " + NODES_MAX);
        }
        return new ReadProof(nodes);
    }

    /** The proof for what these keys hold in a trie: each node once, sorted by bytes, as {@code state_getReadProof} has it. */
    public static ReadProof ofKeys(StateTrie trie, Collection<byte[]> keys) {
        var recorder = new Recorder();
        keys.forEach(key -> recorder.record(trie, key));
        return recorder.proof();
    }

    /** Gathers a proof over several tries, as one for a child trie needs that of its root in the parent. */
    public static final class Recorder {

        private final TreeSet<byte[]> nodes = new TreeSet<>(Arrays::compareUnsigned);

        /** Adds what a key needs. */
        public void record(StateTrie trie, byte[] key) {
            trie.visit(key, nodes::add);
        }

        public ReadProof proof() {
            return new ReadProof(nodes);
        }
    }

    /** The nodes in the order in which they were given, or sorted if the proof was made here. */
    public List<byte[]> nodes() {
        return nodes;
    }

    /**
     * What the proof says of a key: its value, or that it has none.
     *
     * @param root the root hash of the trie, known from elsewhere
     * @throws TrieException if a node that the key needs is missing or is no node
     */
    public Optional<byte[]> read(byte[] root, byte[] key) throws TrieException {
        byte[] encoded = need(HashKey.of(root, 0), "the root node");
        var node = NodeView.of(encoded, 0, encoded.length);
        int end = Nibbles.count(key);
        int position = 0;
        while (!node.isEmpty) {
            int reached = position + node.partialNibbles;
            if (reached > end || !isPartialOf(node, key, position)) {
                return Optional.empty();
            }
            if (reached == end) {
                return value(node, key);
            }
            int nibble = Nibbles.at(key, reached);
            if (node.isLeaf || (node.bitmap >>> nibble & 1) == 0) {
                return Optional.empty();
            }
            node = child(node, nibble, key);
            position = reached + 1;
        }
        return Optional.empty();
    }

    private static boolean isPartialOf(NodeView node, byte[] key, int position) {
        int skipped = node.partialNibbles & 1;
        for (int i = 0; i < node.partialNibbles; i++) {
            int place = i + skipped;
            int pair = node.bytes[node.partialOffset + (place >>> 1)];
            int nibble = (place & 1) == 0 ? pair >>> 4 & 0x0f : pair & 0x0f;
            if (nibble != Nibbles.at(key, position + i)) {
                return false;
            }
        }
        return true;
    }

    private Optional<byte[]> value(NodeView node, byte[] key) throws TrieException {
        if (!node.hasValue) {
            return Optional.empty();
        }
        if (node.isHashed) {
            return Optional.of(need(HashKey.of(node.bytes, node.valueOffset), "the value of key " + NodeView.hex(key)));
        }
        return Optional.of(Arrays.copyOfRange(node.bytes, node.valueOffset, node.valueOffset + node.valueLength));
    }

    private NodeView child(NodeView node, int nibble, byte[] key) throws TrieException {
        int offset = node.childOffset[nibble];
        int length = node.childLength[nibble];
        if (length < Node.HASH_LENGTH) {
            return NodeView.of(node.bytes, offset, length);
        }
        byte[] child = need(HashKey.of(node.bytes, offset), "a node above key " + NodeView.hex(key));
        return NodeView.of(child, 0, child.length);
    }

    private byte[] need(HashKey hash, String what) throws TrieException {
        byte[] found = byHash.get(hash);
        if (found == null) {
            throw new TrieException("proof lacks " + what);
        }
        return found;
    }
}
