package io.vilokanam.pallets.historical;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.api.Hashing;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * A small trie in memory, of layout V0 ({@code sp_trie::LayoutV0}): its root, proofs of entries, and entries read from a proof.
 * A session's trie holds a few entries a validator.
 */
final class KeyTrie {

    private final Hashing hashing;
    private final Hash root;
    private final SortedMap<Hash, Bytes> nodes;

    private KeyTrie(Hashing hashing, Hash root, SortedMap<Hash, Bytes> nodes) {
        this.hashing = hashing;
        this.root = root;
        this.nodes = nodes;
    }

    static KeyTrie of(Hashing hashing, SortedMap<Bytes, Bytes> entries) {
        KeyTrie trie = new KeyTrie(hashing, emptyRoot(hashing), new TreeMap<>());
        if (entries.isEmpty()) {
            trie.keep(TrieNode.EMPTY);
            return trie;
        }
        List<Map.Entry<byte[], Bytes>> byNibbles = new ArrayList<>();
        entries.forEach((key, value) -> byNibbles.add(Map.entry(TrieNode.nibbles(key.view()), value)));
        Hash top = trie.keep(trie.encode(byNibbles, 0));
        return new KeyTrie(hashing, top, trie.nodes);
    }

    private static Hash emptyRoot(Hashing hashing) {
        return Hash.wrap(hashing.blake2b256(TrieNode.EMPTY.view()));
    }

    /** What a proof holds of the trie with this root; a node that stands twice in it makes it none. */
    static Optional<KeyTrie> ofProof(Hashing hashing, Hash root, List<Bytes> proof) {
        KeyTrie trie = new KeyTrie(hashing, root, new TreeMap<>());
        for (Bytes node : proof) {
            int before = trie.nodes.size();
            trie.keep(node);
            if (trie.nodes.size() == before) {
                return Optional.empty();
            }
        }
        return Optional.of(trie);
    }

    Hash root() {
        return root;
    }

    private Hash keep(Bytes node) {
        Hash hash = Hash.wrap(hashing.blake2b256(node.view()));
        nodes.put(hash, node);
        return hash;
    }

    /** The node over sorted entries that agree in their first {@code depth} nibbles. */
    private Bytes encode(List<Map.Entry<byte[], Bytes>> entries, int depth) {
        byte[] first = entries.getFirst().getKey();
        byte[] last = entries.getLast().getKey();
        if (entries.size() == 1) {
            return TrieNode.leaf(first, depth, entries.getFirst().getValue());
        }
        int fork = depth;
        while (fork < first.length && fork < last.length && first[fork] == last[fork]) {
            fork++;
        }
        int from = first.length == fork ? 1 : 0;
        Optional<Bytes> value = from == 1 ? Optional.of(entries.getFirst().getValue()) : Optional.empty();
        SortedMap<Integer, Bytes> children = new TreeMap<>();
        while (from < entries.size()) {
            int nibble = entries.get(from).getKey()[fork];
            int to = from;
            while (to < entries.size() && entries.get(to).getKey()[fork] == nibble) {
                to++;
            }
            Bytes child = encode(entries.subList(from, to), fork + 1);
            children.put(nibble, child.size() < Hash.SIZE ? child : keep(child).bytes());
            from = to;
        }
        return TrieNode.branch(first, depth, fork, value, children);
    }

    /** What stands under a key; the nodes on the way are added to {@code visited}. */
    Optional<Bytes> get(Bytes key, TreeSet<Bytes> visited) {
        byte[] nibbles = TrieNode.nibbles(key.view());
        Optional<Bytes> encoded = visit(root, visited);
        int depth = 0;
        while (encoded.isPresent()) {
            Optional<TrieNode> node = TrieNode.decode(encoded.get());
            if (node.isEmpty() || !node.get().continues(nibbles, depth)) {
                return Optional.empty();
            }
            depth += node.get().partial().length;
            if (depth == nibbles.length) {
                return node.get().value();
            }
            Optional<Bytes> child = node.get().child(nibbles[depth]);
            depth++;
            encoded = child.flatMap(own -> own.size() == Hash.SIZE ? visit(new Hash(own), visited) : Optional.of(own));
        }
        return Optional.empty();
    }

    private Optional<Bytes> visit(Hash hash, TreeSet<Bytes> visited) {
        Optional<Bytes> node = Optional.ofNullable(nodes.get(hash))
                .or(() -> hash.equals(emptyRoot(hashing)) ? Optional.of(TrieNode.EMPTY) : Optional.empty());
        node.ifPresent(visited::add);
        return node;
    }
}
