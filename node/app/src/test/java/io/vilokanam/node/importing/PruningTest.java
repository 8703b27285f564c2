package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateChanges;
import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.Column;
import io.vilokanam.node.storage.LosingStore;
import io.vilokanam.node.storage.PruningMode;
import io.vilokanam.node.storage.PruningSteps;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.trie.NodeRows;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * Random chains with forks, finality, readers, losses of power and changes of what is kept. After each stretch the states
 * that must be there are read as a whole and compared with plain maps, all others must be gone, and the store must hold
 * exactly the rows that those states consist of.
 */
final class PruningTest {

    private static final int STEPS = 160;
    private static final int ROWS_MAX = 1 << 20;
    private static final List<PruningMode> STATE_MODES = List.of(new PruningMode.Last(1), new PruningMode.Last(2),
            new PruningMode.Last(5), new PruningMode.Last(9), new PruningMode.Archive(),
            new PruningMode.ArchiveCanonical());
    private static final List<PruningMode> BLOCK_MODES = List.of(new PruningMode.Last(1), new PruningMode.Last(4),
            new PruningMode.Archive(), new PruningMode.ArchiveCanonical());

    /** A state as plain maps: text of main keys, and of child names with keys. */
    private record Plain(SortedMap<String, String> entries) {

        Plain with(SortedMap<String, Optional<String>> changes) {
            SortedMap<String, String> after = new TreeMap<>(entries);
            changes.forEach((key, value) -> value.ifPresentOrElse(written -> after.put(key, written),
                    () -> after.remove(key)));
            return new Plain(after);
        }
    }

    private final Map<Hash, Plain> plain = new HashMap<>();
    /** All blocks that ever were, the lowest first. */
    private final Set<BlockRef> all = new TreeSet<>(
            Comparator.comparingLong(BlockRef::number).thenComparing(BlockRef::hash));
    private Random random;
    private GenesisBlock genesis;
    private LosingStore store;
    private Chain chain;
    private PruningMode states;
    private PruningMode blocks;
    private long lowestEver;
    private boolean hasChangedModes;
    private final List<StateLease> leases = new ArrayList<>();
    private final Map<StateLease, Hash> leased = new HashMap<>();

    @SeededTest(runs = 250)
    void theStoreHoldsTheStatesOfTheWindowAndNothingElse(long seed) {
        random = new Random(seed);
        ChainState beginning = ChainState.empty();
        Change first = change(new Plain(new TreeMap<>()));
        beginning = first.apply(beginning);
        Header header = new Header(Hash.ZERO, 0, Hash.wrap(beginning.root()), Hash.ZERO, Digest.EMPTY);
        genesis = new GenesisBlock(BlockRef.hashOf(header), header, beginning);
        all.add(new BlockRef(genesis.hash(), 0));
        plain.put(genesis.hash(), new Plain(new TreeMap<>()).with(first.plain));
        store = new LosingStore();
        states = STATE_MODES.get(random.nextInt(STATE_MODES.size()));
        blocks = BLOCK_MODES.get(random.nextInt(BLOCK_MODES.size()));
        open();
        if (random.nextInt(4) == 0) {
            beginElsewhere(7 + random.nextInt(20));
        }
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(24)) {
                case 0 -> losePower();
                case 1 -> changeModes();
                case 2 -> revert();
                case 3, 4, 5, 6 -> finalise();
                case 7, 8 -> lease();
                case 9, 10 -> release();
                default -> append();
            }
            if (random.nextInt(8) == 0) {
                readLeases();
                if (leases.isEmpty()) {
                    check();
                }
            }
        }
        readLeases();
        while (!leases.isEmpty()) {
            release();
        }
        check();
    }

    private void open() {
        chain = Chain.open(new ChainStore(store), genesis, Keeping.onDisk(Optional.of(states), Optional.of(blocks)));
        lowestEver = Math.max(lowestEver, states.lowestKept(chain.finalised().number()));
    }

    /** Changes in plain form and as the trie takes them. */
    private record Change(SortedMap<String, Optional<String>> plain, TrieLayout layout) {

        ChainState apply(ChainState before) {
            SortedMap<byte[], byte[]> main = new TreeMap<>(Arrays::compareUnsigned);
            SortedMap<Bytes, SortedMap<byte[], byte[]>> children = new TreeMap<>();
            plain.forEach((key, value) -> {
                byte[] written = value.map(Hex::decode).orElse(null);
                String[] parts = key.split("/");
                if (parts.length == 1) {
                    main.put(Hex.decode(key), written);
                } else {
                    children.computeIfAbsent(Bytes.wrap(Hex.decode(parts[0])),
                            _ -> new TreeMap<>(Arrays::compareUnsigned)).put(Hex.decode(parts[1]), written);
                }
            });
            return before.apply(layout, main, children);
        }
    }

    private Change change(Plain before) {
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        List<String> known = List.copyOf(before.entries.keySet());
        for (int count = random.nextInt(9); count > 0; count--) {
            byte[] key = new byte[1 + random.nextInt(4)];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (random.nextInt(3) << (random.nextBoolean() ? 4 : 0));
            }
            String name = random.nextInt(4) == 0 ? "0x0" + random.nextInt(3) + "/" : "";
            byte[] value = new byte[random.nextInt(60)];
            Arrays.fill(value, (byte) random.nextInt(3));
            String text = !known.isEmpty() && random.nextBoolean() ? known.get(random.nextInt(known.size()))
                    : name + Hex.encode(key);
            changes.put(text, random.nextInt(3) == 0 ? Optional.empty() : Optional.of(Hex.encode(value)));
        }
        return new Change(changes, TrieLayout.values()[random.nextInt(2)]);
    }

    private List<BlockRef> tree() {
        return chain.inspect(tree -> {
            List<BlockRef> found = new ArrayList<>(tree.unfinalised());
            found.add(tree.finalised());
            return found;
        });
    }

    private void append() {
        List<BlockRef> candidates = tree();
        BlockRef parent = random.nextInt(3) == 0 ? candidates.get(random.nextInt(candidates.size())) : chain.best();
        Change change = change(plain.get(parent.hash()));
        StateLease before = chain.states().lease(parent.hash()).orElseThrow();
        ChainState after = change.apply(before.state());
        before.close();
        Header header = new Header(parent.hash(), parent.number() + 1, Hash.wrap(after.root()), salt(), Digest.EMPTY);
        BlockRef block = BlockRef.of(header);
        plain.put(block.hash(), plain.get(parent.hash()).with(change.plain));
        all.add(block);
        locked(() -> chain.append(incoming(header), block.hash(),
                new StateChanges(after, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()), _ -> {}));
    }

    private Hash salt() {
        return Hash.wrap(ByteBuffer.allocate(Hash.SIZE).putLong(random.nextLong()).array());
    }

    private static IncomingBlock incoming(Header header) {
        return new IncomingBlock(header, List.of(), List.of(), BlockOrigin.FILE);
    }

    private void locked(Runnable change) {
        chain.writer().lock();
        try {
            change.run();
        } finally {
            chain.writer().unlock();
        }
        lowestEver = Math.max(lowestEver, states.lowestKept(chain.finalised().number()));
    }

    private void beginElsewhere(long number) {
        Change change = change(new Plain(new TreeMap<>()));
        ChainState state = change.apply(ChainState.empty());
        Header header = new Header(salt(), number, Hash.wrap(state.root()), Hash.ZERO, Digest.EMPTY);
        BlockRef block = BlockRef.of(header);
        plain.put(block.hash(), new Plain(new TreeMap<>()).with(change.plain));
        all.add(block);
        locked(() -> chain.begin(incoming(header), block.hash(), state, _ -> {}));
        lowestEver = number;
    }

    private void finalise() {
        List<BlockRef> candidates = tree().stream().filter(block -> block.number() > chain.finalised().number())
                .filter(block -> block.number() <= chain.finalised().number() + 1 + random.nextInt(6)).toList();
        if (!candidates.isEmpty()) {
            BlockRef block = candidates.get(random.nextInt(candidates.size()));
            locked(() -> chain.finalise(block, _ -> {}));
        }
    }

    private void lease() {
        List<BlockRef> known = List.copyOf(all);
        BlockRef block = known.get(Math.max(0, known.size() - 1 - random.nextInt(20)));
        chain.states().lease(block.hash()).ifPresent(lease -> {
            leases.add(lease);
            leased.put(lease, block.hash());
        });
    }

    private void release() {
        if (!leases.isEmpty()) {
            leases.remove(random.nextInt(leases.size())).close();
        }
    }

    /** Whoever holds a lease reads a whole state, through the store alone. */
    private void readLeases() {
        leases.forEach(lease -> assertEquals(plain.get(leased.get(lease)),
                read(lease.state().unloaded(new ChainStore(store).stateRows()))));
    }

    private void losePower() {
        BlockRef finalised = chain.finalised();
        leases.clear();
        store = store.without(random.nextInt(store.unsafe() + 1));
        open();
        assertTrue(chain.finalised().number() >= finalised.number(), "finality waits for the disk");
        chain.pruner().run();
    }

    private void changeModes() {
        leases.clear();
        states = STATE_MODES.get(random.nextInt(STATE_MODES.size()));
        blocks = BLOCK_MODES.get(random.nextInt(BLOCK_MODES.size()));
        hasChangedModes = true;
        open();
        chain.pruner().run();
    }

    private void revert() {
        leases.clear();
        Reversal.run(chain, random.nextInt(4), (_, _) -> {});
        open();
        chain.pruner().run();
    }

    private void check() {
        PruningSteps steps = new PruningSteps(new ChainStore(store));
        long finalised = chain.finalised().number();
        assertTrue(steps.statesFrom() <= lowestEver, "pruned too far");
        List<BlockRef> inTree = tree();
        Set<Long> needed = new HashSet<>();
        int records = 0;
        for (BlockRef block : all) {
            boolean isFinal = chain.canonicalHash(block.number()).filter(block.hash()::equals).isPresent()
                    && block.number() <= finalised;
            boolean isInWindow = inTree.contains(block) || isFinal
                    && block.number() >= Math.max(steps.statesFrom(), states.lowestKept(finalised));
            Optional<StateLease> lease = chain.states().lease(block.hash());
            boolean isLostKept = states.keepsLost() && blocks.keepsLost() && !isFinal && lease.isPresent();
            assertEquals(isInWindow || isLostKept, lease.isPresent(), "state of block " + block);
            assertEquals(
                    isFinal ? block.number() >= blocks.lowestKept(finalised) && block.number() >= steps.bodiesFrom()
                            : inTree.contains(block)
                                    || blocks.keepsLost() && chain.store().body(block.hash()).isPresent(),
                    chain.store().body(block.hash()).isPresent(), "body of block " + block);
            if (lease.isPresent()) {
                records++;
                try (StateLease held = lease.get()) {
                    ChainState recorded = ChainState.open(held.state().place(), recording(needed));
                    assertEquals(plain.get(block.hash()), read(recorded), "state of block " + block);
                    assertEquals(chain.header(block.hash()).orElseThrow().stateRoot(), Hash.wrap(recorded.root()));
                }
            } else if (!hasChangedModes && states.keepsLost() && blocks.keepsLost()) {
                assertTrue(chain.header(block.hash()).isEmpty(), "an archive keeps all states that it ever had");
            }
        }
        Set<Long> stored = new HashSet<>();
        store.scan(Column.STATE, new byte[0], ROWS_MAX)
                .forEach(entry -> stored.add(ByteBuffer.wrap(entry.key()).getLong()));
        assertEquals(needed, stored);
        assertEquals(records, store.scan(Column.STATES, new byte[0], ROWS_MAX).size());
    }

    private NodeRows recording(Set<Long> read) {
        NodeRows rows = new ChainStore(store).stateRows();
        return address -> {
            read.add(address);
            return rows.row(address);
        };
    }

    private static Plain read(ChainState state) {
        SortedMap<String, String> found = new TreeMap<>();
        for (Iterator<StateTrie.Entry> entries = state.top().entries(new byte[0]); entries.hasNext();) {
            StateTrie.Entry entry = entries.next();
            if (StateRange.isChildKey(entry.key())) {
                byte[] name = StateRange.childName(entry.key());
                state.child(name).entries(new byte[0]).forEachRemaining(inner -> found
                        .put(Hex.encode(name) + "/" + Hex.encode(inner.key()), Hex.encode(inner.value())));
            } else {
                found.put(Hex.encode(entry.key()), Hex.encode(entry.value()));
            }
        }
        return new Plain(found);
    }
}
