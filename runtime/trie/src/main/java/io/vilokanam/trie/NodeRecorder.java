package io.vilokanam.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.vilokanam.crypto.hash.Blake2b;

/**
 * Hands out the nodes and the values of tries one by one, wherever they stand, and notes which ones were asked for: what a trie
 * that is opened over this reads is the witness of what was done with it (sp-trie, {@code recorder.rs}).
 */
public final class NodeRecorder implements NodeStore {

    /** Where a node or the value beside a node is found. */
    private sealed interface Place {

        record Root(StateTrie trie) implements Place {}

        record Child(StateTrie trie, Branch parent, int slot) implements Place {}

        record Value(StateTrie trie, Node of) implements Place {}
    }

    private final Map<HashKey, Place> places = new HashMap<>();
    private final Map<HashKey, byte[]> recorded = new LinkedHashMap<>();
    private final NodeWriter writer = new NodeWriter();

    /** A recorder for some tries; others are not there. */
    public NodeRecorder(List<StateTrie> tries) {
        for (StateTrie trie : tries) {
            if (!trie.isEmpty()) {
                places.put(HashKey.of(trie.root(), 0), new Place.Root(trie));
            }
        }
    }

    @Override
    public synchronized byte[] node(byte[] hash) {
        HashKey key = HashKey.of(hash, 0);
        byte[] known = recorded.get(key);
        if (known != null) {
            return known;
        }
        byte[] found = switch (places.get(key)) {
            case Place.Root(var trie) -> encoded(trie, trie.rootNode());
            case Place.Child(var trie, var parent, var slot) -> encoded(trie, trie.childOf(parent, slot));
            case Place.Value(var trie, var of) -> trie.valueOf(of);
            case null -> null;
        };
        if (found != null) {
            recorded.put(key, found);
        }
        return found;
    }

    private byte[] encoded(StateTrie trie, Node node) {
        place(trie, node);
        writer.clear();
        writer.node(node);
        return writer.copy();
    }

    /** Notes where to find what a node refers to by a hash. */
    private void place(StateTrie trie, Node node) {
        switch (node) {
            case Leaf leaf -> placeValue(trie, leaf, leaf.value, leaf.isHashed);
            case Branch branch -> {
                placeValue(trie, branch, branch.value, branch.isHashed);
                for (int slot = 0; slot < branch.children.length; slot++) {
                    Node child = branch.children[slot];
                    if (child.merkleLength() == Node.HASH_LENGTH) {
                        places.put(HashKey.of(child.merkle(), 0), new Place.Child(trie, branch, slot));
                    } else {
                        place(trie, child);
                    }
                }
            }
            case StoredNode _ -> throw new IllegalStateException("a node that was not read refers to nothing");
        }
    }

    private void placeValue(StateTrie trie, Node node, Object value, boolean isHashed) {
        if (isHashed) {
            byte[] hash = value instanceof StoredValue stored ? stored.hash : Blake2b.hash256((byte[]) value);
            places.put(HashKey.of(hash, 0), new Place.Value(trie, node));
        }
    }

    /** All that was asked for, each once, sorted by bytes, as a stock node's {@code StorageProof} has it. */
    public synchronized List<byte[]> proof() {
        var sorted = new TreeSet<byte[]>(Arrays::compareUnsigned);
        sorted.addAll(recorded.values());
        return List.copyOf(sorted);
    }

    /**
     * The same without the hashes that its reader computes: the items of {@link CompactProof}s, one behind the other, of a trie
     * and of the tries whose roots are values in it.
     *
     * @param root of the trie
     * @param rootsPrefix what the keys of the other tries' roots begin with
     */
    public synchronized List<byte[]> compactProof(byte[] root, byte[] rootsPrefix) {
        List<byte[]> items = new ArrayList<>();
        List<byte[]> others = new ArrayList<>();
        NodeStore read = hash -> recorded.get(HashKey.of(hash, 0));
        NodeReader reader = new NodeReader(read);
        if (recorded.containsKey(HashKey.of(root, 0))) {
            compact(reader, reader.root(root), items, rootsPrefix, others);
        }
        for (byte[] other : others) {
            if (other.length == Node.HASH_LENGTH && recorded.containsKey(HashKey.of(other, 0))) {
                compact(reader, reader.root(other), items, null, others);
            }
        }
        return items;
    }

    private void compact(NodeReader reader, Node node, List<byte[]> items, byte[] rootsPrefix, List<byte[]> roots) {
        boolean isInline = node.merkleLength() < Node.HASH_LENGTH;
        int place = items.size();
        if (!isInline) {
            items.add(null);
        }
        byte[] value = switch (node) {
            case Leaf leaf -> recordedValue(leaf.value);
            case Branch branch -> recordedValue(branch.value);
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has no value");
        };
        boolean isValueFollowed = value != null && StateTrie.isHashed(node);
        if (isValueFollowed) {
            items.add(value);
        }
        if (value != null && rootsPrefix != null && isBelow(StateTrie.key(node), rootsPrefix)) {
            roots.add(value);
        }
        int followed = 0;
        if (node instanceof Branch branch) {
            for (int slot = 0; slot < branch.children.length; slot++) {
                Node child = branch.children[slot];
                if (!(child instanceof StoredNode)) {
                    compact(reader, child, items, rootsPrefix, roots);
                } else if (recorded.containsKey(HashKey.of(child.merkle(), 0))) {
                    followed |= 1 << slot;
                    compact(reader, reader.child(branch, slot), items, rootsPrefix, roots);
                }
            }
        }
        if (!isInline) {
            writer.clear();
            writer.compactNode(node, followed, isValueFollowed);
            items.set(place, writer.copy());
        }
    }

    private byte[] recordedValue(Object value) {
        return value instanceof StoredValue stored ? recorded.get(HashKey.of(stored.hash, 0)) : (byte[]) value;
    }

    private static boolean isBelow(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
