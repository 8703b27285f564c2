package io.vilokanam.rpc.backend;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.ReadProof;
import io.vilokanam.trie.StateTrie;

/** The storage after a block, read from its state trie. */
public final class TrieState implements BlockState {

    private static final int HASH_SIZE = 32;

    private final StateTrie main;
    private final Function<byte[], StateTrie> childTries;

    /** {@code childTries} opens the child trie of a key of the main trie, an empty one where there is none. */
    public TrieState(StateTrie main, Function<byte[], StateTrie> childTries) {
        this.main = main;
        this.childTries = childTries;
    }

    @Override
    public Optional<Bytes> get(Optional<Bytes> child, Bytes key) {
        return trie(child).get(key.view()).map(Bytes::wrap);
    }

    @Override
    public List<Bytes> keys(Optional<Bytes> child, Bytes prefix, Optional<Bytes> after, int max) {
        StateTrie trie = trie(child);
        Iterator<byte[]> found = after.map(key -> trie.keysAfter(prefix.view(), key.view()))
                .orElseGet(() -> trie.keys(prefix.view()));
        var keys = new ArrayList<Bytes>();
        while (keys.size() < max && found.hasNext()) {
            keys.add(Bytes.wrap(found.next()));
        }
        return keys;
    }

    @Override
    public List<Bytes> proof(List<Bytes> keys) {
        var recorder = new ReadProof.Recorder();
        keys.forEach(key -> recorder.record(main, key.view()));
        return nodes(recorder);
    }

    @Override
    public List<Bytes> childProof(Bytes child, List<Bytes> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        var recorder = new ReadProof.Recorder();
        recorder.record(main, child.view());
        if (main.contains(child.view())) {
            StateTrie trie = trie(Optional.of(child));
            keys.forEach(key -> recorder.record(trie, key.view()));
        }
        return nodes(recorder);
    }

    private static List<Bytes> nodes(ReadProof.Recorder recorder) {
        return recorder.proof().nodes().stream().map(Bytes::wrap).toList();
    }

    @Override
    public Optional<Bytes> closestDescendantMerkleValue(Optional<Bytes> child, Bytes key) {
        return trie(child).closestMerkleValue(key.view())
                .map(value -> value.length == HASH_SIZE ? Bytes.wrap(value) : Bytes.EMPTY);
    }

    private StateTrie trie(Optional<Bytes> child) {
        return child.map(key -> childTries.apply(key.view())).orElse(main);
    }
}
