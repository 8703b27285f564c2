package io.vilokanam.node.authoring;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.chainspec.GenesisResolver;
import io.vilokanam.node.chainspec.OwnChains;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.pool.RuntimeValidator;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Platform;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;

/** The development chain with its real runtime, pool and author, whose time goes on only when a test says so. */
public final class SteppedChain implements AutoCloseable {

    private static final long SLOT_MILLIS = 2_000;
    private static final Justification NO_PROOF = new Justification(DigestItem.GRANDPA, Bytes.EMPTY);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private long now = BEGIN.toEpochMilli();
    private final ChainCore core;
    private final Keystore keystore;
    private final TransactionPool pool;
    private final AuraAuthor author;
    private final List<ChainEvent.Imported> imported = new ArrayList<>();

    /** Starts at genesis. */
    public SteppedChain() throws Exception {
        InstantSource source = () -> Instant.ofEpochMilli(now);
        Clock clock = source.withZone(ZoneOffset.UTC);
        RandomGenerator random = new SplittableRandom(1);
        NativeCompositions natives = new NativeCompositions();
        GenesisResolver resolver = new GenesisResolver(natives.runtimes());
        GenesisBlock genesis = GenesisBlock.of(resolver
                .resolve(OwnChains.development(natives.newestCode(), resolver).genesis()));
        core = ChainCore
                .open(new ChainCore.Setup(new InMemoryStore(), Keeping.inMemory(Integer.MAX_VALUE), genesis,
                        natives.runtimes(), new Platform(clock, () -> now, random), (_, _) -> {}, _ -> {}));
        keystore = Keystore.inMemory(random);
        keystore.hold(KeyTypeId.AURA, SecretUri.keyPair(Scheme.SR25519, "//Alice"));
        keystore.hold(KeyTypeId.TICK, SecretUri.keyPair(Scheme.SR25519, "//Alice"));
        RuntimeValidator validator = new RuntimeValidator(core.chain(), core.executor());
        pool = new TransactionPool(validator, validator, PoolOptions.stock(true), clock);
        BlockProposer proposer = new BlockProposer(core.executor(), pool, clock);
        author = new AuraAuthor(core.chain(), core.executor(), proposer, core.importer(), keystore, clock, new Silent(),
                AuraAuthor.Permission.ALWAYS);
        core.chain().listen(event -> {
            if (event instanceof ChainEvent.Imported block) {
                imported.add(block);
            }
        });
    }

    private record Silent() implements SlotListener {
        @Override
        public void started(BlockRef parent) {}

        @Override
        public void proposed(Proposal proposal, Hash unsealed) {}

        @Override
        public void sealed(BlockRef block, Hash unsealed) {}

        @Override
        public void failed(long slot, String why) {
            throw new AssertionError("slot " + slot + ": " + why);
        }
    }

    public ChainCore core() {
        return core;
    }

    public Keystore keystore() {
        return keystore;
    }

    public TransactionPool pool() {
        return pool;
    }

    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(now);
    }

    /** Lets time pass; at the beginning of each slot a block is made, then {@code atBlock} is called. */
    public void pass(long millis, Consumer<ChainEvent.Imported> atBlock) throws Exception {
        long end = now + millis;
        SlotClock slots = new SlotClock(SLOT_MILLIS);
        while (slots.nextSlotStart(now) <= end) {
            now = slots.nextSlotStart(now);
            ImportVerdict verdict = author.onSlot(slots.slotAt(now), slots).orElseThrow();
            if (imported.isEmpty()) {
                throw new AssertionError("the block of slot " + slots.slotAt(now) + " was not imported: " + verdict);
            }
            ChainEvent.Imported block = imported.removeLast();
            block.route().ifPresent(pool::onBestBlock);
            atBlock.accept(block);
            // Nobody votes here, and no proof is asked for: an author slows down where nothing becomes final.
            core.importer().finalise(block.block(), NO_PROOF, () -> false);
            pool.onFinalised(List.of(block.block()));
        }
        now = end;
    }

    @Override
    public void close() {
        core.close();
    }
}
