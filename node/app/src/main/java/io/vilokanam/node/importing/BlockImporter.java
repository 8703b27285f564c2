package io.vilokanam.node.importing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerdict;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateChanges;
import io.vilokanam.node.executing.Execution;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.OrderedTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * Takes blocks in: checks what the header claims before anything is executed, executes the body, compares the roots, writes
 * the block and applies proofs of finality. A block that is refused changes nothing. Several threads may call; one block is
 * imported at a time.
 */
public final class BlockImporter {

    /** Fewer signatures gain nothing from being verified together. */
    private static final int EXPECTED_MIN = 2;

    private final Chain chain;
    private final RuntimeExecutor executor;
    private final SealsAhead seals;
    private final AuraVerifier aura;
    private final InherentCheck inherents;
    private final FinalityRules finality;
    private final InstantSource clock;
    /** Those of the block that was checked last. */
    private volatile List<PublicKey> authorities = List.of();
    private volatile ImportObserver observer = ImportObserver.NONE;
    /** Of the block that is imported now; under the chain's lock. */
    private long verifyNanos;
    private volatile boolean isIndexing;

    public BlockImporter(Chain chain, RuntimeExecutor executor, SealsAhead seals, FinalityRules finality,
            InstantSource clock) {
        this.chain = chain;
        this.executor = executor;
        this.seals = seals;
        this.aura = new AuraVerifier(seals);
        this.inherents = new InherentCheck(executor);
        this.finality = finality;
        this.clock = clock;
    }

    /** From now on somebody hears of imports. */
    public void observe(ImportObserver other) {
        observer = other;
    }

    /** From now on what runtimes write to the off-chain index goes to the local storage of off-chain workers. */
    public void index() {
        isIndexing = true;
    }

    /** Tells that blocks will be imported soon: what can be verified before is begun. Nothing is waited for. */
    public void expect(List<IncomingBlock> blocks) {
        if (blocks.size() >= EXPECTED_MIN) {
            seals.expect(blocks.stream().map(IncomingBlock::header).toList(), authorities);
        }
    }

    /** Checks, executes and writes a block of somebody else. */
    public ImportVerdict importBlock(IncomingBlock block) {
        chain.writer().lock();
        try {
            long begun = System.nanoTime();
            verifyNanos = 0;
            ImportVerdict verdict = check(block);
            observer.imported(verdict, verifyNanos, System.nanoTime() - begun);
            return verdict;
        } finally {
            chain.writer().unlock();
        }
    }

    /** Writes a block that this node authored, with what its building changed: nothing is executed twice. */
    public ImportVerdict importOwn(IncomingBlock block, StateChanges changes) {
        chain.writer().lock();
        try {
            Hash hash = BlockRef.hashOf(block.header());
            if (chain.store().hasHeader(hash)) {
                return new ImportVerdict.AlreadyKnown(new BlockRef(hash, block.header().number()));
            }
            return switch (place(block.header())) {
                case Place.Refused(var refusal) -> refusal;
                case Place.Found _ -> plan(block, hash, changes);
            };
        } finally {
            chain.writer().unlock();
        }
    }

    /**
     * Checks and executes a block of the chain once more, and writes nothing.
     *
     * @return what is wrong with it, if anything is
     */
    public Optional<ImportVerdict.Refused> checkAgain(IncomingBlock block) {
        Optional<Header> parent = chain.header(block.header().parentHash());
        if (parent.isEmpty()) {
            return Optional.of(new ImportVerdict.UnknownParent(block.header().parentHash()));
        }
        BlockRef known = BlockRef.of(block.header());
        return execute(block, parent.get(),
                _ -> new ImportVerdict.AlreadyKnown(known)) instanceof ImportVerdict.Refused wrong
                        ? Optional.of(wrong) : Optional.empty();
    }

    private ImportVerdict check(IncomingBlock block) {
        Header header = block.header();
        Hash hash = BlockRef.hashOf(header);
        if (isKnown(hash, header.parentHash())) {
            return known(new BlockRef(hash, header.number()), block.justifications());
        }
        return switch (place(header)) {
            case Place.Refused(var refusal) -> refusal;
            case Place.Found(var parent) -> execute(block, parent, changes -> plan(block, hash, changes));
        };
    }

    /** What is built on a block of the tree is in the tree too, or unknown. */
    private boolean isKnown(Hash block, Hash parent) {
        return chain.tree().contains(parent) ? chain.tree().contains(block) : chain.store().hasHeader(block);
    }

    /** A block that is there already may bring a proof that is not. */
    private ImportVerdict known(BlockRef block, List<Justification> justifications) {
        if (block.number() > chain.finalised().number() && chain.tree().contains(block.hash())) {
            for (Justification justification : justifications) {
                if (finality.judge(block, justification) instanceof FinalityRules.Proof.Valid) {
                    makeFinal(block, justification);
                }
            }
        }
        return new ImportVerdict.AlreadyKnown(block);
    }

    private sealed interface Place {
        record Found(Header parent) implements Place {}

        record Refused(ImportVerdict.Refused refusal) implements Place {}
    }

    private Place place(Header header) {
        Optional<Header> parent = chain.header(header.parentHash());
        if (parent.isEmpty()) {
            return new Place.Refused(new ImportVerdict.UnknownParent(header.parentHash()));
        }
        if (header.number() != parent.get().number() + 1) {
            return new Place.Refused(new ImportVerdict.WrongNumber(parent.get().number() + 1, header.number()));
        }
        if (!chain.tree().contains(header.parentHash())) {
            return new Place.Refused(new ImportVerdict.NotOnFinalised(
                    new BlockRef(header.parentHash(), parent.get().number()), chain.finalised()));
        }
        if (chain.tree().isFull()) {
            return new Place.Refused(new ImportVerdict.TreeFull(chain.tree().unfinalised().size()));
        }
        return new Place.Found(parent.get());
    }

    private ImportVerdict execute(IncomingBlock block, Header parent, Function<StateChanges, ImportVerdict> done) {
        Header header = block.header();
        Optional<ChainState> before = chain.states().at(header.parentHash());
        if (before.isEmpty()) {
            return new ImportVerdict.CannotExecute(StateLease.missing(header.parentHash()));
        }
        try {
            long now = clock.millis();
            long begun = System.nanoTime();
            AuraVerdict seal = checkSeal(header, parent, before.get(), now);
            verifyNanos = System.nanoTime() - begun;
            if (seal instanceof AuraVerdict.Invalid invalid) {
                return new ImportVerdict.BadSeal(invalid);
            }
            AuraVerdict.Valid valid = (AuraVerdict.Valid) seal;
            Optional<String> badInherents = inherents.check(before.get(), valid.unsealed(), block.body(),
                    InherentCheck.inherentData(now, valid.slot()));
            if (badInherents.isPresent()) {
                return orWrongBody(block, executor.version(before.get()),
                        new ImportVerdict.BadInherents(badInherents.get()));
            }
            return run(block, valid.unsealed(), before.get(), done);
        } catch (RuntimeUnavailableException e) {
            return new ImportVerdict.CannotExecute(e.getMessage());
        }
    }

    private AuraVerdict checkSeal(Header header, Header parent, ChainState before, long nowMillis)
            throws RuntimeUnavailableException {
        OptionalLong parentSlot = parent.number() == 0 ? OptionalLong.empty()
                : AuraDigest.slotOf(parent).map(OptionalLong::of).orElse(OptionalLong.empty());
        SlotClock slots = new SlotClock(AuraCalls.slotDuration(executor, before));
        authorities = AuraCalls.authorities(executor, before);
        return aura.check(header, authorities, slots.slotAt(nowMillis), parentSlot);
    }

    private ImportVerdict run(IncomingBlock block, Header unsealed, ChainState before,
            Function<StateChanges, ImportVerdict> done) throws RuntimeUnavailableException {
        Execution execution = executor.begin(before);
        StateChanges changes;
        try {
            execution.call("Core_execute_block", Block.CODEC.encode(new Block(unsealed, block.body())));
            changes = execution.changes();
        } catch (RuntimeTrap e) {
            return orWrongBody(block, execution.runtime().version(), new ImportVerdict.ExecutionFailed(e.getMessage()));
        }
        Hash root = Hash.wrap(changes.after().root());
        if (!root.equals(unsealed.stateRoot())) {
            return new ImportVerdict.WrongStateRoot(unsealed.stateRoot(), root);
        }
        return done.apply(changes);
    }

    /** A body that is not the header's is named as such: any other failure follows from it. */
    private static ImportVerdict.Refused orWrongBody(IncomingBlock block, RuntimeVersion version,
            ImportVerdict.Refused other) {
        TrieLayout layout = TrieLayout.ofStateVersion(version.systemVersion() < 2 ? 0 : 1);
        List<byte[]> wires = new ArrayList<>();
        block.body().forEach(content -> wires.add(new OpaqueExtrinsic(content).wire()));
        Hash root = Hash.wrap(OrderedTrie.root(layout, wires));
        return root.equals(block.header().extrinsicsRoot()) ? other
                : new ImportVerdict.WrongExtrinsicsRoot(block.header().extrinsicsRoot(), root);
    }

    private ImportVerdict plan(IncomingBlock block, Hash hash, StateChanges changes) {
        return switch (finality.plan(block.header())) {
            case FinalityRules.Plan.Refused(var why) -> new ImportVerdict.BadAnnouncement(why);
            case FinalityRules.Plan.Go(var more) -> write(block, hash, changes, more);
        };
    }

    private ImportVerdict write(IncomingBlock block, Hash hash, StateChanges changes, Consumer<ChainBatch> more) {
        BlockRef ref = new BlockRef(hash, block.header().number());
        var route = chain.append(block, hash, changes,
                isIndexing ? more.andThen(batch -> index(changes, batch)) : more);
        List<String> worthless = new ArrayList<>();
        for (Justification justification : block.justifications()) {
            switch (finality.judge(ref, justification)) {
                case FinalityRules.Proof.Valid() -> makeFinal(ref, justification);
                case FinalityRules.Proof.Worthless(var why) -> worthless.add(why);
                case FinalityRules.Proof.Foreign() -> {
                    // Another engine's proof says nothing here.
                }
            }
        }
        return new ImportVerdict.Imported(ref, route, worthless);
    }

    private static void index(StateChanges changes, ChainBatch batch) {
        changes.index().forEach((key, value) -> batch.offchain(key.view(), value.map(Bytes::view)));
    }

    /**
     * Begins a chain that has nothing but its genesis block with a block that others have proved final, and its state.
     *
     * @param more adds what finality keeps of it
     */
    public void begin(IncomingBlock block, ChainState state, Consumer<ChainBatch> more) {
        chain.writer().lock();
        try {
            chain.begin(block, BlockRef.hashOf(block.header()), state, more);
        } finally {
            chain.writer().unlock();
        }
    }

    private void makeFinal(BlockRef block, Justification justification) {
        chain.finalise(block, batch -> {
            batch.justifications(block.hash(), List.of(justification));
            finality.finalised(block, justification, batch);
        });
    }

    /**
     * Makes a block final because this node's own voter says so.
     *
     * @param isStored whether the proof is kept with the block
     * @return false where the block is not in the tree: already final, or lost
     */
    public boolean finalise(BlockRef block, Justification justification, BooleanSupplier isStored) {
        chain.writer().lock();
        try {
            // A block that was imported with its justification may have been faster.
            if (!chain.tree().contains(block.hash()) || block.number() <= chain.finalised().number()) {
                return false;
            }
            boolean isKept = isStored.getAsBoolean();
            chain.finalise(block, batch -> {
                if (isKept) {
                    batch.justifications(block.hash(), List.of(justification));
                }
                finality.finalised(block, justification, batch);
            });
            return true;
        } finally {
            chain.writer().unlock();
        }
    }
}
