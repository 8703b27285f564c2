package io.vilokanam.node.network.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.BlockImporter;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.measure.Channel;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;

/**
 * The threads around {@link FullSync}: one hands it what happens and performs what it wants, another imports blocks meanwhile.
 */
public final class SyncDriver {

    /** So many inputs may wait; whoever brings one more waits too. */
    private static final int INPUTS_MAX = 4096;

    private static final long TICK_MILLIS = 1_000;

    /** Hears of blocks that were refused. */
    @FunctionalInterface
    public interface RefusalListener {
        void refused(BlockRef block, ImportVerdict.Refused why);
    }

    private final Chain chain;
    private final BlockImporter importer;
    private final Supplier<List<BlockRef>> proofsWanted;
    private final LongSupplier nowMillis;
    private final RefusalListener listener;
    private final FullSync sync;
    private final BlockingQueue<LongFunction<SyncInput>> inputs = new ArrayBlockingQueue<>(INPUTS_MAX);
    /** Bounded by {@link FullSync#IMPORTING_MAX} and what branches add. */
    private final BlockingQueue<Runnable> imports = new LinkedBlockingQueue<>();
    private volatile boolean isMajorSyncing;
    private volatile long target;
    private volatile int importing;
    private final Channel inputChannel = new Channel("mpsc_chain_sync");
    private final Channel importChannel = new Channel("mpsc_import_queue_worker_blocks");
    private final LongAdder blocksSubmitted = new LongAdder();
    private final LongAdder proofsSubmitted = new LongAdder();
    private volatile int proofsPending;
    private volatile int proofsActive;
    private volatile int forkTargets;
    private final LongAdder proofsDone = new LongAdder();
    private final LongAdder proofsFailed = new LongAdder();
    private volatile LongConsumer proofTime = _ -> {};
    private Network network;
    private RequestSender requests;

    /** @param proofsWanted the blocks of the chain whose proofs of finality are missing now */
    public SyncDriver(Chain chain, BlockImporter importer, Supplier<List<BlockRef>> proofsWanted,
            LongSupplier nowMillis, RefusalListener listener, SyncLimits limits) {
        this.chain = chain;
        this.importer = importer;
        this.proofsWanted = proofsWanted;
        this.nowMillis = nowMillis;
        this.listener = listener;
        this.sync = new FullSync(new StoredKnownChain(chain), limits);
        this.target = chain.best().number();
    }

    /** Before anything else. */
    public void connect(Network peers, RequestSender sender) {
        network = peers;
        requests = sender;
    }

    /** Hands in what happened, with the time at which it is looked at. Waits while too much is waiting. */
    public void submit(LongFunction<SyncInput> input) {
        boolean isInterrupted = false;
        while (true) {
            try {
                inputs.put(input);
                inputChannel.send();
                break;
            } catch (InterruptedException e) {
                // What is lost would be waited for for ever: it is put first, then the interrupt is passed on.
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same, where waiting is not possible; forgotten where too much is waiting. */
    public void offer(LongFunction<SyncInput> input) {
        if (inputs.offer(input)) {
            inputChannel.send();
        }
    }

    public boolean isMajorSyncing() {
        return isMajorSyncing;
    }

    /** The height that the peers have. */
    public long target() {
        return target;
    }

    /** How many blocks wait for import. */
    public int importing() {
        return importing;
    }

    /** Runs the machine until the thread is interrupted. */
    public void run() throws InterruptedException {
        long tickAt = nowMillis.getAsLong();
        while (!Thread.currentThread().isInterrupted()) {
            LongFunction<SyncInput> next = inputs.poll(Math.max(0, tickAt - nowMillis.getAsLong()),
                    TimeUnit.MILLISECONDS);
            long now = nowMillis.getAsLong();
            if (next != null) {
                inputChannel.receive();
                perform(sync.step(next.apply(now)));
            }
            if (now >= tickAt) {
                tickAt = now + TICK_MILLIS;
                List<BlockRef> wanted = proofsWanted.get();
                proofsPending = wanted.size();
                perform(sync.step(new SyncInput.ProofsWanted(now, wanted)));
                perform(sync.step(new SyncInput.Tick(now)));
            }
            isMajorSyncing = sync.isMajorSyncing();
            target = sync.target();
            importing = sync.importing();
            forkTargets = sync.forkTargets();
            proofsActive = sync.proofsAsked();
        }
    }

    /** Imports blocks until the thread is interrupted. */
    public void runImports() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Runnable next = imports.take();
            importChannel.receive();
            next.run();
        }
    }

    private void perform(List<SyncOutput> outputs) {
        for (SyncOutput output : outputs) {
            switch (output) {
                case SyncOutput.Ask(var id, var peer, var message) -> requests.send(peer, message.encode(),
                        outcome -> answered(id, message, outcome));
                case SyncOutput.Import(var blocks) -> {
                    blocksSubmitted.add(blocks.size());
                    importer.expect(blocks);
                    queue(() -> doImport(blocks));
                }
                case SyncOutput.Prove(var block, var proofs, var source) -> {
                    proofsSubmitted.increment();
                    queue(() -> prove(block, proofs, source));
                }
                case SyncOutput.Report(var peer, var change) -> network.report(peer, change);
                case SyncOutput.Drop(var peer, var change) -> {
                    network.report(peer, change);
                    network.disconnect(peer, change.reason());
                }
            }
        }
    }

    private void queue(Runnable work) {
        importChannel.send();
        imports.add(work);
    }

    /** Blocks that were handed to the import. */
    public long blocksSubmitted() {
        return blocksSubmitted.sum();
    }

    /** Proofs of finality that were handed to the import. */
    public long proofsSubmitted() {
        return proofsSubmitted.sum();
    }

    /** Blocks whose proofs of finality are wanted. */
    public int proofsPending() {
        return proofsPending;
    }

    /** Proofs that peers were asked for and have not sent. */
    public int proofsActive() {
        return proofsActive;
    }

    /** Proofs that were sent and proved nothing. */
    public long proofsFailed() {
        return proofsFailed.sum();
    }

    /** Proofs that wait for the import. */
    public long proofsImporting() {
        return proofsSubmitted.sum() - proofsDone.sum() - proofsFailed.sum();
    }

    /** Blocks that are sought beside the way to the best one. */
    public int forkTargets() {
        return forkTargets;
    }

    /** From now on somebody hears how many nanoseconds the import of each proof took. */
    public void observeProofs(LongConsumer observer) {
        proofTime = observer;
    }

    /** What waits for this driver, and for the import. */
    public List<Channel> channels() {
        return List.of(inputChannel, importChannel);
    }

    private void answered(long id, BlockRequest asked, RequestOutcome outcome) {
        switch (outcome) {
            case RequestOutcome.Answered(var response) -> {
                try {
                    List<BlockPart> blocks = BlockPart.decodeAll(response, asked.max());
                    submit(now -> new SyncInput.Answered(now, id, blocks));
                } catch (ProtobufException malformed) {
                    submit(now -> new SyncInput.Unanswered(now, id, RequestOutcome.Failure.MALFORMED));
                }
            }
            case RequestOutcome.Failed(var failure) -> submit(now -> new SyncInput.Unanswered(now, id, failure));
        }
    }

    /** What is told of many blocks at once costs the import less than each by itself. */
    private void doImport(List<IncomingBlock> blocks) {
        List<SyncInput.Judgement> judgements = new ArrayList<>(blocks.size());
        for (IncomingBlock block : blocks) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            ImportVerdict verdict = importer.importBlock(block);
            BlockRef ref = switch (verdict) {
                case ImportVerdict.Imported imported -> imported.block();
                case ImportVerdict.AlreadyKnown known -> known.block();
                case ImportVerdict.Refused refused -> {
                    BlockRef bad = BlockRef.of(block.header());
                    listener.refused(bad, refused);
                    yield bad;
                }
            };
            judgements.add(new SyncInput.Judgement(ref, verdict));
        }
        submit(now -> new SyncInput.Judged(now, judgements));
    }

    private void prove(BlockRef block, List<Justification> proofs, PeerId source) {
        Header header = chain.header(block.hash())
                .orElseThrow(() -> new IllegalStateException(
                        "a proof was asked for, for a block that is not there: " + block));
        long begun = System.nanoTime();
        importer.importBlock(new IncomingBlock(header, List.of(), proofs, BlockOrigin.SYNC));
        proofTime.accept(System.nanoTime() - begun);
        boolean isFinal = chain.finalised().number() >= block.number();
        (isFinal ? proofsDone : proofsFailed).increment();
        submit(now -> new SyncInput.Proved(now, block, source, isFinal));
    }
}
