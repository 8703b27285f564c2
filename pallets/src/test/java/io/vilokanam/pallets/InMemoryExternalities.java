package io.vilokanam.pallets;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Offchain;
import io.vilokanam.api.Storage;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.trie.SortedTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * A host of pallets under test: the whole state in sorted maps, state version 1. Signatures all hold and code has no version
 * unless a test overrides the methods; there is neither child storage nor a keystore.
 */
public class InMemoryExternalities extends HostHashing implements Externalities {

    private NavigableMap<Bytes, byte[]> current = new TreeMap<>();
    private NavigableMap<Bytes, byte[]> blockStart = new TreeMap<>();
    private final Deque<NavigableMap<Bytes, byte[]>> layers = new ArrayDeque<>();
    private final SortedMap<Bytes, Bytes> index = new TreeMap<>();

    /** What is in the state now counts as the state before the block: {@link #clearPrefix} tells them apart. */
    public InMemoryExternalities commitBlock() {
        if (!layers.isEmpty()) {
            throw new AssertionError(layers.size() + " storage layers were left open");
        }
        blockStart = new TreeMap<>(current);
        return this;
    }

    /** A look at the whole state. */
    public NavigableMap<Bytes, byte[]> state() {
        return Collections.unmodifiableNavigableMap(current);
    }

    /** Every key that differs from the state at {@link #commitBlock}: the new value, or empty where it was deleted. */
    public Map<Bytes, Optional<Bytes>> changes() {
        Map<Bytes, Optional<Bytes>> changes = new TreeMap<>();
        blockStart.forEach((key, value) -> {
            if (!current.containsKey(key)) {
                changes.put(key, Optional.empty());
            }
        });
        current.forEach((key, value) -> {
            byte[] before = blockStart.get(key);
            if (before == null || Bytes.compare(before, value) != 0) {
                changes.put(key, Optional.of(Bytes.copyOf(value)));
            }
        });
        return changes;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(current.get(Bytes.wrap(key)));
    }

    @Override
    public boolean exists(byte[] key) {
        return current.containsKey(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        current.put(Bytes.copyOf(key), value.clone());
    }

    @Override
    public void delete(byte[] key) {
        current.remove(Bytes.wrap(key));
    }

    @Override
    public void append(byte[] key, byte[] element) {
        long count = 0;
        byte[] elements = {};
        try {
            ScaleInput in = new ScaleInput(get(key).orElse(new byte[1]));
            count = in.compactU32();
            elements = in.raw(in.remaining());
        } catch (ScaleException noVector) {
            count = 0;
        }
        put(key, new ScaleOutput().compact(count + 1).raw(elements).raw(element).toByteArray());
    }

    @Override
    public Optional<byte[]> nextKey(byte[] key) {
        return Optional.ofNullable(current.higherKey(Bytes.wrap(key))).map(Bytes::toArray);
    }

    @Override
    public Cleared clearPrefix(byte[] prefix, long limit) {
        int written = 0;
        for (Bytes key : withPrefix(current, prefix)) {
            byte[] before = blockStart.get(key);
            if (before == null || Bytes.compare(before, current.get(key)) != 0) {
                current.remove(key);
                written++;
            }
        }
        int backend = 0;
        int loops = 0;
        for (Bytes key : withPrefix(blockStart, prefix)) {
            if (loops == limit) {
                return new Cleared(backend, written + backend, loops, true);
            }
            loops++;
            if (current.remove(key) != null) {
                backend++;
            }
        }
        return new Cleared(backend, written + backend, loops, false);
    }

    private static List<Bytes> withPrefix(NavigableMap<Bytes, byte[]> map, byte[] prefix) {
        return map.tailMap(Bytes.wrap(prefix), true).keySet().stream().takeWhile(key -> startsWith(key, prefix))
                .toList();
    }

    private static boolean startsWith(Bytes key, byte[] prefix) {
        if (key.size() < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (key.at(i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] root() {
        byte[][] keys = current.keySet().stream().map(Bytes::view).toArray(byte[][]::new);
        return SortedTrie.root(TrieLayout.V1, keys, current.values().toArray(byte[][]::new));
    }

    @Override
    public void startTransaction() {
        layers.push(new TreeMap<>(current));
    }

    @Override
    public void commitTransaction() {
        layers.pop();
    }

    @Override
    public void rollbackTransaction() {
        current = layers.pop();
    }

    @Override
    public boolean sr25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return true;
    }

    @Override
    public boolean ed25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return true;
    }

    /** The hash of the URI: no key, but another one for each. */
    @Override
    public Optional<byte[]> sr25519PublicKey(byte[] uri) {
        return Optional.of(blake2b256(uri));
    }

    @Override
    public Optional<byte[]> secp256k1Recover(byte[] signature, byte[] hash) {
        return Optional.empty();
    }

    @Override
    public void offchainIndex(byte[] key, byte[] value) {
        index.put(Bytes.wrap(key), Bytes.wrap(value));
    }

    /** What was written to the off-chain index. */
    public SortedMap<Bytes, Bytes> index() {
        return index;
    }

    @Override
    public Optional<Offchain> offchain() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> generateKey(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> runtimeVersion(byte[] code) {
        return Optional.empty();
    }

    @Override
    public void log(String target, String message) {
        logged.merge(target, 1, Integer::sum);
    }

    private final Map<String, Integer> logged = new HashMap<>();

    /** How many lines were logged for {@code target}. */
    public int linesLogged(String target) {
        return logged.getOrDefault(target, 0);
    }

    private static AssertionError noChildren() {
        return new AssertionError("no pallet of ours has child storage");
    }

    @Override
    public Optional<byte[]> childGet(byte[] child, byte[] key) {
        throw noChildren();
    }

    @Override
    public void childPut(byte[] child, byte[] key, byte[] value) {
        throw noChildren();
    }

    @Override
    public void childDelete(byte[] child, byte[] key) {
        throw noChildren();
    }

    @Override
    public Optional<byte[]> childNextKey(byte[] child, byte[] key) {
        throw noChildren();
    }

    @Override
    public Storage.Cleared childClearPrefix(byte[] child, byte[] prefix, long limit) {
        throw noChildren();
    }

    @Override
    public Storage.Cleared childKill(byte[] child, long limit) {
        throw noChildren();
    }

    @Override
    public byte[] childRoot(byte[] child) {
        throw noChildren();
    }
}
