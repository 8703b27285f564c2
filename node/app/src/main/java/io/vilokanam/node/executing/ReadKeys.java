package io.vilokanam.node.executing;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.ForwardingExternalities;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.ReadProof;
import io.vilokanam.trie.StateTrie;

/**
 * The storage keys that a runtime call reads, for a proof of what it computed. Where the call asks for the key behind another
 * one, both count.
 */
public final class ReadKeys {

    /** A call that reads more keys than this is not proven. */
    public static final int KEYS_MAX = 1 << 16;

    private record ChildKey(Bytes child, Bytes key) implements Comparable<ChildKey> {
        @Override
        public int compareTo(ChildKey other) {
            int order = child.compareTo(other.child);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    private final SortedSet<Bytes> keys = new TreeSet<>();
    private final SortedSet<ChildKey> childKeys = new TreeSet<>();

    /** The same host, whose readings are noted here. */
    Externalities over(Externalities host) {
        return new Noting(host);
    }

    private final class Noting extends ForwardingExternalities {

        Noting(Externalities host) {
            super(host);
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            note(key);
            return super.get(key);
        }

        @Override
        public boolean exists(byte[] key) {
            note(key);
            return super.exists(key);
        }

        @Override
        public void append(byte[] key, byte[] element) {
            note(key);
            super.append(key, element);
        }

        @Override
        public Optional<byte[]> nextKey(byte[] key) {
            note(key);
            Optional<byte[]> next = super.nextKey(key);
            next.ifPresent(ReadKeys.this::note);
            return next;
        }

        @Override
        public Optional<byte[]> childGet(byte[] child, byte[] key) {
            note(child, key);
            return super.childGet(child, key);
        }

        @Override
        public Optional<byte[]> childNextKey(byte[] child, byte[] key) {
            note(child, key);
            Optional<byte[]> next = super.childNextKey(child, key);
            next.ifPresent(found -> note(child, found));
            return next;
        }
    }

    private void note(byte[] key) {
        add(Bytes.copyOf(key));
    }

    private void note(byte[] child, byte[] key) {
        add(Bytes.copyOf(child), Bytes.copyOf(key));
    }

    /** The keys of the main state that were read, in order. */
    public SortedSet<Bytes> keys() {
        return Collections.unmodifiableSortedSet(keys);
    }

    /** Notes a key that somebody wants proven. */
    public void add(Bytes key) {
        keys.add(key);
    }

    /** The same in a child trie. */
    public void add(Bytes child, Bytes key) {
        childKeys.add(new ChildKey(child, key));
    }

    /** What shows these keys' values in a state; empty where there are too many. */
    public Optional<ReadProof> proof(ChainState state) {
        if (keys.size() + childKeys.size() > KEYS_MAX) {
            return Optional.empty();
        }
        ReadProof.Recorder recorder = new ReadProof.Recorder();
        keys.forEach(key -> recorder.record(state.top(), key.view()));
        for (ChildKey childKey : childKeys) {
            byte[] child = childKey.child.view();
            recorder.record(state.top(), ChainState.childKey(child));
            StateTrie trie = state.child(child);
            if (!trie.isEmpty()) {
                recorder.record(trie, childKey.key.view());
            }
        }
        return Optional.of(recorder.proof());
    }
}
