package io.vilokanam.rpc.fake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.BlockRef;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.backend.StorageListener;
import io.vilokanam.rpc.backend.TrieState;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.trie.OrderedTrie;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * The recorded dev chain: all its blocks, the states of the first ones, and runtime calls that answer what a test says. More
 * blocks can be imported and finalised on top.
 */
public final class RecordedChain implements ChainBackend, StateBackend {

    private record Call(Hash block, String method, Bytes arguments) {}

    private final Map<Hash, SignedBlock> blocks = new LinkedHashMap<>();
    private final Map<Hash, StateTrie> states = new HashMap<>();
    private final Map<Call, Bytes> calls = new HashMap<>();
    private final Map<String, Bytes> anyCalls = new HashMap<>();
    private final Map<Hash, Integer> pins = new HashMap<>();
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    private final List<StorageListener> storageListeners = new CopyOnWriteArrayList<>();
    private final Hash genesis;
    private RuntimeVersion version;
    private Hash best;
    private Hash finalised;

    /** The chain with {@code finalisedNumber} final. */
    public RecordedChain(long finalisedNumber) throws ScaleException {
        StateTrie state = StateTrie.of(TrieLayout.V1, genesisEntries());
        var header = new Header(Hash.ZERO, 0, Hash.wrap(state.root()),
                Hash.wrap(OrderedTrie.root(TrieLayout.V0, List.of())), Digest.EMPTY);
        genesis = add(new SignedBlock(new Block(header, List.of()), Optional.empty()));
        states.put(genesis, state);
        readBlocks();
        readStates();
        best = hashAt(42).orElseThrow();
        finalised = hashAt(finalisedNumber).orElseThrow();
    }

    private static SortedMap<byte[], byte[]> genesisEntries() {
        var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        Refchain.json("dev.raw.json").at("/genesis/raw/top").properties()
                .forEach(entry -> entries.put(Hex.decode(entry.getKey()), Hex.decode(entry.getValue().asText())));
        return entries;
    }

    private void readBlocks() throws ScaleException {
        byte[] file = Refchain.file("dev-chain.blocks");
        long count = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        var input = new ScaleInput(Arrays.copyOfRange(file, 8, file.length));
        for (long i = 0; i < count; i++) {
            add(SignedBlock.CODEC.decode(input));
        }
    }

    private void readStates() {
        StateTrie state = states.get(genesis);
        for (JsonNode block : Refchain.json("dev-chain.json").get("blocks")) {
            var changes = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            block.get("changes").properties().forEach(change -> changes.put(Hex.decode(change.getKey()),
                    change.getValue().isNull() ? null : Hex.decode(change.getValue().asText())));
            state = state.apply(TrieLayout.V1, changes);
            states.put(Hash.fromHex(block.get("hash").asText()), state);
        }
    }

    private Hash add(SignedBlock block) {
        Hash hash = hash(block.block().header());
        blocks.put(hash, block);
        return hash;
    }

    private static Hash hash(Header header) {
        return Hash.wrap(Blake2b.hash256(Header.CODEC.encode(header)));
    }

    /** A call at one block. */
    public void script(Hash block, String method, Bytes arguments, Bytes answer) {
        calls.put(new Call(block, method, arguments), answer);
    }

    /** A call at any block, whatever its arguments. */
    public void script(String method, Bytes answer) {
        anyCalls.put(method, answer);
    }

    public void version(RuntimeVersion now) {
        version = now;
    }

    /** Imports a block with this state, tells listeners; its hash. */
    public synchronized Hash importBlock(Hash parent, Digest digest, SortedMap<Bytes, Optional<Bytes>> changes,
            boolean isBest,
            List<Bytes> body) {
        StateTrie before = states.getOrDefault(parent, states.get(genesis));
        var changed = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        changes.forEach((key, value) -> changed.put(key.view(), value.map(Bytes::view).orElse(null)));
        StateTrie state = before.apply(TrieLayout.V1, changed);
        var header = new Header(parent, blocks.get(parent).block().header().number() + 1, Hash.wrap(state.root()),
                Hash.ZERO,
                digest);
        Hash hash = add(new SignedBlock(new Block(header, body), Optional.empty()));
        states.put(hash, state);
        if (isBest) {
            best = hash;
        }
        storageListeners.forEach(listener -> listener.changed(hash, changes));
        listeners.forEach(listener -> listener.imported(new ImportedBlock(hash, header, isBest)));
        return hash;
    }

    public synchronized void finalise(List<Hash> hashes, List<Hash> pruned) {
        finalised = hashes.getLast();
        pruned.forEach(blocks::remove);
        listeners.forEach(listener -> listener.finalised(hashes, pruned));
    }

    /** How many blocks are pinned. */
    public synchronized int pinned() {
        return pins.size();
    }

    public int listeners() {
        return listeners.size() + storageListeners.size();
    }

    @Override
    public Hash genesisHash() {
        return genesis;
    }

    @Override
    public synchronized BlockRef best() {
        return reference(best);
    }

    @Override
    public synchronized BlockRef finalised() {
        return reference(finalised);
    }

    private BlockRef reference(Hash hash) {
        return new BlockRef(hash, blocks.get(hash).block().header().number());
    }

    @Override
    public synchronized Optional<Header> header(Hash block) {
        return block(block).map(known -> known.block().header());
    }

    @Override
    public synchronized Optional<SignedBlock> block(Hash block) {
        return Optional.ofNullable(blocks.get(block));
    }

    @Override
    public synchronized Optional<Hash> hashAt(long number) {
        Hash hash = best == null ? new ArrayList<>(blocks.keySet()).getLast() : best;
        while (blocks.containsKey(hash) && blocks.get(hash).block().header().number() > number) {
            hash = blocks.get(hash).block().header().parentHash();
        }
        boolean isThere = blocks.containsKey(hash) && blocks.get(hash).block().header().number() == number;
        return isThere ? Optional.of(hash) : Optional.empty();
    }

    @Override
    public synchronized List<Hash> hashesAt(long number) {
        return blocks.entrySet().stream().filter(entry -> entry.getValue().block().header().number() == number)
                .map(Map.Entry::getKey).toList();
    }

    @Override
    public synchronized List<ImportedBlock> unfinalised() {
        var found = new LinkedHashMap<Hash, ImportedBlock>();
        blocks.forEach((hash, block) -> {
            Header header = block.block().header();
            if (header.parentHash().equals(finalised) || found.containsKey(header.parentHash())) {
                found.put(hash, new ImportedBlock(hash, header, hash.equals(best)));
            }
        });
        return List.copyOf(found.values());
    }

    @Override
    public Registration watch(ChainListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized Optional<Registration> pin(Hash block) {
        if (!blocks.containsKey(block)) {
            return Optional.empty();
        }
        pins.merge(block, 1, Integer::sum);
        return Optional.of(() -> unpin(block));
    }

    private synchronized void unpin(Hash block) {
        pins.compute(block, (hash, count) -> count == null || count == 1 ? null : count - 1);
    }

    @Override
    public synchronized BlockState at(Hash block) throws StateUnavailableException {
        requireKnown(block);
        StateTrie state = states.get(block);
        if (state == null) {
            throw new StateUnavailableException(StateUnavailableException.Reason.DISCARDED, block);
        }
        return new TrieState(state, _ -> StateTrie.empty());
    }

    private void requireKnown(Hash block) throws StateUnavailableException {
        if (!blocks.containsKey(block)) {
            throw new StateUnavailableException(StateUnavailableException.Reason.UNKNOWN_BLOCK, block);
        }
    }

    @Override
    public synchronized Bytes call(Hash block, String method, Bytes arguments)
            throws StateUnavailableException, RuntimeTrap {
        requireKnown(block);
        Bytes answer = calls.getOrDefault(new Call(block, method, arguments), anyCalls.get(method));
        if (answer == null) {
            boolean isKnown = calls.keySet().stream().anyMatch(call -> call.method.equals(method));
            throw isKnown
                    ? new RuntimeTrap(RuntimeTrap.Reason.PANIC, "wasm trap: wasm `unreachable` instruction executed")
                    : new RuntimeTrap(RuntimeTrap.Reason.UNKNOWN_METHOD, "no entry point " + method);
        }
        return answer;
    }

    @Override
    public synchronized RuntimeVersion runtimeVersion(Hash block) throws StateUnavailableException {
        requireKnown(block);
        return version;
    }

    @Override
    public Registration watchStorage(StorageListener listener) {
        storageListeners.add(listener);
        return () -> storageListeners.remove(listener);
    }

    @Override
    public Witness witness(Block block) throws StateUnavailableException {
        Bytes numbers = anyCalls.get("witness " + block.header().stateRoot());
        if (numbers == null) {
            throw new StateUnavailableException(StateUnavailableException.Reason.DISCARDED,
                    block.header().parentHash());
        }
        ByteBuffer pair = ByteBuffer.wrap(numbers.view());
        return new Witness(pair.getLong(), pair.getLong());
    }

    /** What {@link #witness} says of a block. */
    public void scriptWitness(Hash block, long size, long compactSize) {
        script("witness " + header(block).orElseThrow().stateRoot(),
                Bytes.wrap(ByteBuffer.allocate(16).putLong(size).putLong(compactSize).array()));
    }

    /** A string of bytes with its length in front. */
    public static Bytes withLength(byte[] content) {
        return Bytes.wrap(Codecs.BYTES.encode(Bytes.wrap(content)));
    }
}
