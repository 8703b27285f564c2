package io.vilokanam.offchain.worker;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/**
 * Runs off-chain workers once a block, at that block's state: first the runtime's own ({@code OffchainWorkerApi}), then those in
 * Java. Runs never overlap; while one is under way newer blocks replace each other, and only the newest is worked on next.
 */
public final class OffchainWorkers implements AutoCloseable {

    /** What workers may use of the node. {@code random} makes the seeds that runtimes ask for. */
    public record Parts(RuntimeCalls runtime, LocalStore store, TransactionSink pool, SigningKeys keys,
            InstantSource clock,
            RandomGenerator random) {}

    private static final Logger LOG = LoggerFactory.getLogger(OffchainWorkers.class);
    private static final String ENTRY_POINT = "OffchainWorkerApi_offchain_worker";

    private final Parts parts;
    private final boolean isRuntimeAsked;
    private final List<BlockWorker> workers;
    private final LatestBlock latest = new LatestBlock();
    private final Thread thread;

    /** Workers of which the runtime's own is the first. */
    public OffchainWorkers(Parts parts, List<BlockWorker> workers) {
        this(parts, true, workers);
    }

    /** {@code isRuntimeAsked}: whether the runtime's own worker runs too. */
    public OffchainWorkers(Parts parts, boolean isRuntimeAsked, List<BlockWorker> workers) {
        this.parts = parts;
        this.isRuntimeAsked = isRuntimeAsked;
        this.workers = List.copyOf(workers);
        this.thread = Thread.ofVirtual().name("offchain-workers").unstarted(this::loop);
    }

    public void start() {
        thread.start();
    }

    /** A block became the best one. Returns at once. */
    public void onBestBlock(BestBlock block) {
        latest.offer(block);
    }

    /** Lets a run that is under way come to its end. */
    @Override
    public void close() {
        latest.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        try {
            for (Optional<BestBlock> block = latest.take(); block.isPresent(); block = latest.take()) {
                runAt(block.get());
            }
        } catch (InterruptedException e) {
            LOG.debug("off-chain workers were interrupted");
        }
    }

    /** One whole run on the caller's thread. Workers fail one by one: what one of them does wrong does not stop the others. */
    void runAt(BestBlock block) {
        if (isRuntimeAsked) {
            guarded(block, ENTRY_POINT, () -> runRuntime(block));
        }
        workers.forEach(worker -> guarded(block, worker.getClass().getSimpleName(), () -> worker.run(block)));
    }

    /** Calls the runtime at a block as its worker is called: the call may hand extrinsics to the pool. On the caller's thread. */
    public byte[] call(Hash block, String method, byte[] arguments) throws RuntimeTrap, StateMissingException {
        return parts.runtime().call(block, method, arguments,
                Optional.of(new WorkerOffchain(parts.store(), parts.pool(),
                        parts.keys(), parts.clock(), parts.random())));
    }

    private void runRuntime(BestBlock block) {
        try {
            call(block.hash(), ENTRY_POINT, Header.CODEC.encode(block.header()));
        } catch (RuntimeTrap trap) {
            if (trap.reason() != RuntimeTrap.Reason.UNKNOWN_METHOD) {
                LOG.warn("the runtime's off-chain worker failed number={} reason={}", block.number(),
                        trap.getMessage());
            }
        } catch (StateMissingException e) {
            LOG.debug("no off-chain work at a block whose state is gone number={} reason={}", block.number(),
                    e.getMessage());
        }
    }

    /** The top of the thread: here, and only here, anything at all may arrive. */
    private static void guarded(BestBlock block, String worker, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("an off-chain worker failed worker={} number={}", worker, block.number(), e);
        }
    }
}
