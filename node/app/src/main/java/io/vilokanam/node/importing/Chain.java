package io.vilokanam.node.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateChanges;
import io.vilokanam.node.blocktree.BlockTree;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.node.storage.LostBlock;
import io.vilokanam.node.storage.PruningMode;
import io.vilokanam.node.storage.StoreFailure;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;

/**
 * The chain: what is stored, which block is best, which final, and what their states are. Any thread may read. One thread at
 * a time writes: it holds the {@link #writer} lock, under which listeners hear of what happened, in order.
 */
public final class Chain {

    private final ChainStore store;
    private BlockTree tree;
    private final States states;
    private final Pruner pruner;
    private final Hash genesis;
    private final ReentrantLock writer = new ReentrantLock(true);
    private final List<Consumer<ChainEvent>> listeners = new ArrayList<>();

    /** Both at one moment. */
    private record Heads(BlockRef best, BlockRef finalised) {}

    private volatile Heads heads;

    private record Known(Hash hash, Header header) {}

    /** The block that was written last, which those behind it ask for; none where blocks were forgotten since. */
    private volatile Optional<Known> newest = Optional.empty();

    private Chain(ChainStore store, BlockTree tree, States states, Pruner pruner, Hash genesis) {
        this.store = store;
        this.tree = tree;
        this.states = states;
        this.pruner = pruner;
        this.genesis = genesis;
        this.heads = new Heads(tree.best(), tree.finalised());
    }

    /**
     * Opens the chain of a store, or begins it with a genesis block where the store is new.
     *
     * @throws StoreFailure if the store holds another chain
     */
    public static Chain open(ChainStore store, GenesisBlock genesis, Keeping keeping) {
        Optional<Hash> stored = store.genesis();
        if (stored.isPresent() && !stored.get().equals(genesis.hash())) {
            throw new StoreFailure("the database holds the chain with genesis " + stored.get() + ", the chain spec has "
                    + genesis.hash());
        }
        ChainState beginning = genesis.state();
        if (stored.isEmpty()) {
            ChainBatch batch = store.batch().genesis(genesis.hash(), genesis.header());
            if (keeping.isStored()) {
                beginning = batch.state(new BlockRef(genesis.hash(), 0), ChainState.empty(), beginning);
            }
            batch.write(Durability.POWER);
        }
        BlockTree tree = restore(store);
        PruningMode ofStates = keeping.states().or(store::statePruning)
                .orElse(new PruningMode.Last(PruningMode.STATES_DEFAULT));
        PruningMode ofBlocks = keeping.blocks().or(store::blocksPruning).orElse(new PruningMode.ArchiveCanonical());
        store.noteModes(ofStates, ofBlocks);
        States states = new States(store, keeping.isStored(), ofStates, ofStates.keepsLost() && ofBlocks.keepsLost(),
                tree.finalised());
        if (stored.isEmpty()) {
            states.add(tree.finalised(), beginning);
        }
        Pruner pruner = new Pruner(store, states, ofStates, ofBlocks);
        states.onRelease(pruner::wake);
        return new Chain(store, tree, states, pruner, genesis.hash());
    }

    /** The blocks above the finalised one, those of the best chain first so that it stays the best. */
    private static BlockTree restore(ChainStore store) {
        BlockRef finalised = store.finalised()
                .orElseThrow(() -> new StoreFailure("the database names no finalised block"));
        BlockTree tree = new BlockTree(finalised);
        List<BlockRef> ends = new ArrayList<>();
        store.best().ifPresent(ends::add);
        ends.addAll(store.leaves());
        for (BlockRef end : ends) {
            List<Header> missing = new ArrayList<>();
            Hash at = end.hash();
            while (!tree.contains(at)) {
                Hash wanted = at;
                Header header = store.header(at)
                        .orElseThrow(() -> new StoreFailure("the database lacks the header of block " + wanted));
                if (header.number() <= finalised.number()) {
                    missing.clear();
                    break;
                }
                missing.add(header);
                at = header.parentHash();
            }
            missing.reversed().forEach(header -> tree.insert(BlockRef.of(header), header.parentHash()));
        }
        return tree;
    }

    public Hash genesis() {
        return genesis;
    }

    public BlockRef best() {
        return heads.best();
    }

    public BlockRef finalised() {
        return heads.finalised();
    }

    public States states() {
        return states;
    }

    /** What deletes what is kept no more. */
    public Pruner pruner() {
        return pruner;
    }

    public ChainStore store() {
        return store;
    }

    public Optional<Header> header(Hash block) {
        Optional<Known> known = newest;
        return known.isPresent() && known.get().hash().equals(block) ? known.map(Known::header) : store.header(block);
    }

    /** A block with its body and stored justifications. */
    public Optional<SignedBlock> block(Hash hash) {
        return store.header(hash).flatMap(header -> store.body(hash)
                .map(body -> new SignedBlock(new Block(header, body), store.justifications(hash))));
    }

    /** The block of the best chain at a height. */
    public Optional<Hash> canonicalHash(long number) {
        return store.canonicalHash(number);
    }

    /** Looks at the tree of blocks that are not final, while nobody changes it. */
    public <T> T inspect(TreeQuery<T> query) {
        writer.lock();
        try {
            return query.ask(tree);
        } finally {
            writer.unlock();
        }
    }

    /** A question to the tree; it must not keep it. */
    @FunctionalInterface
    public interface TreeQuery<T> {
        T ask(BlockTree tree);
    }

    /** Hears of everything from now on, on the writing thread; it only takes note. Closing the result ends it. */
    public Runnable listen(Consumer<ChainEvent> listener) {
        writer.lock();
        try {
            listeners.add(listener);
        } finally {
            writer.unlock();
        }
        return () -> {
            writer.lock();
            try {
                listeners.remove(listener);
            } finally {
                writer.unlock();
            }
        };
    }

    /** Only the holder changes the chain. */
    ReentrantLock writer() {
        return writer;
    }

    BlockTree tree() {
        return tree;
    }

    /**
     * Writes a block that was executed.
     *
     * @param more adds what belongs into the same batch
     */
    Optional<TreeRoute> append(IncomingBlock block, Hash hash, StateChanges changes, Consumer<ChainBatch> more) {
        requireWriter();
        BlockRef ref = new BlockRef(hash, block.header().number());
        BlockRef formerBest = tree.best();
        Optional<TreeRoute> route = tree.insert(ref, block.header().parentHash());
        ChainBatch batch = store.batch().block(hash, block.header(), block.body()).leaves(tree.leaves());
        ChainState after = states.isStored() ? batch.state(ref, parent(block.header()), changes.after())
                : changes.after();
        route.ifPresent(way -> moveBest(way, formerBest, tree.best(), batch));
        more.accept(batch);
        batch.write(Durability.PROCESS);
        newest = Optional.of(new Known(hash, block.header()));
        states.add(ref, after);
        heads = new Heads(tree.best(), tree.finalised());
        tell(new ChainEvent.Imported(ref, block.header(), block.origin(), route, changes));
        return route;
    }

    /**
     * Begins anew with a block that others have proved final: what is between it and genesis is not there yet.
     *
     * @param more adds what belongs into the same batch
     */
    void begin(IncomingBlock block, Hash hash, ChainState state, Consumer<ChainBatch> more) {
        requireWriter();
        if (tree.best().number() > 0) {
            throw new IllegalStateException("a chain that has blocks cannot begin with another one");
        }
        BlockRef ref = new BlockRef(hash, block.header().number());
        ChainBatch batch = store.batch().block(hash, block.header(), block.body()).canonical(ref.number(), hash)
                .best(ref).finalised(ref).leaves(List.of(ref));
        ChainState after = states.isStored() ? batch.stateAfterGenesis(ref, state, tree.finalised()) : state;
        more.accept(batch);
        batch.write(Durability.POWER);
        tree = new BlockTree(ref);
        states.add(ref, after);
        states.finalised(List.of(ref), List.of(), 0);
        heads = new Heads(ref, ref);
        tell(new ChainEvent.Finalised(List.of(ref), List.of(), Optional.empty()));
        pruner.wake();
    }

    private ChainState parent(Header header) {
        return states.at(header.parentHash()).orElseThrow(() -> new IllegalStateException(
                "the state of block " + header.parentHash() + " is kept while it is in the tree"));
    }

    private static void moveBest(TreeRoute route, BlockRef from, BlockRef to, ChainBatch batch) {
        for (long number = to.number() + 1; number <= from.number(); number++) {
            batch.noCanonical(number);
        }
        route.enacted().forEach(block -> batch.canonical(block.number(), block.hash()));
        batch.best(to);
    }

    /**
     * Makes a block of the tree final, together with what leads to it.
     *
     * @param more adds what belongs into the same batch
     */
    void finalise(BlockRef block, Consumer<ChainBatch> more) {
        requireWriter();
        if (block.hash().equals(tree.finalised().hash())) {
            ChainBatch batch = store.batch();
            more.accept(batch);
            batch.write(Durability.POWER);
            return;
        }
        BlockRef formerBest = tree.best();
        Optional<TreeRoute> way = tree.bestDescendant(block.hash())
                .flatMap(best -> tree.route(formerBest.hash(), best.hash())).filter(TreeRoute::isReorganisation);
        long base = tree.finalised().number();
        BlockTree.Finality finality = tree.finalise(block.hash());
        ChainBatch batch = store.batch().finalised(block);
        way.ifPresent(route -> moveBest(route, formerBest, finality.best(), batch));
        finality.pruned().forEach(lost -> lose(new LostBlock(lost, base), batch));
        batch.leaves(tree.leaves());
        more.accept(batch);
        if (!finality.pruned().isEmpty()) {
            newest = Optional.empty();
        }
        batch.write(Durability.POWER);
        states.finalised(finality.finalised(), finality.pruned(), base);
        heads = new Heads(tree.best(), tree.finalised());
        tell(new ChainEvent.Finalised(finality.finalised(), finality.pruned(), way));
        pruner.wake();
    }

    /** Somebody may still look at a block that lost; what they need of it goes when they are done. */
    private void lose(LostBlock lost, ChainBatch batch) {
        boolean isKept = pruner.keepsLostBlocks() || states.isLeased(lost.block().hash());
        if (states.isStored()) {
            batch.lost(isKept ? LostBlock.Part.STATE : LostBlock.Part.ORPHANED_STATE, lost);
        }
        if (isKept) {
            batch.lost(LostBlock.Part.BLOCK, lost);
        } else {
            batch.forget(lost.block().hash());
        }
    }

    private void requireWriter() {
        if (!writer.isHeldByCurrentThread()) {
            throw new IllegalStateException("the chain is changed by who holds the writer lock");
        }
    }

    private void tell(ChainEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /** The extrinsics of a block, each without its length; none where the body is not known. */
    public List<Bytes> body(Hash block) {
        return store.body(block).orElse(List.of());
    }

    public Optional<List<Justification>> justifications(Hash block) {
        return store.justifications(block);
    }
}
