package io.vilokanam.offchain.settler;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.offchain.collector.Pending;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.offchain.worker.BestBlock;
import io.vilokanam.offchain.worker.BlockWorker;
import io.vilokanam.offchain.worker.FinalisedBlock;
import io.vilokanam.offchain.worker.SigningKeys;
import io.vilokanam.offchain.worker.TransactionSink;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Bytes;

/**
 * Brings the collector's words to the chain, once a block, with one batch in flight. A session is forgotten only when a
 * finalised block says that it is over: until then its newest word is kept, which proves all earlier ones again on any fork.
 * A batch that reaches the chain twice settles nothing twice.
 */
public final class Settler implements BlockWorker {

    /** How many sessions are asked about a block; with more than that, the ones asked longest ago go first. */
    private static final int REFRESHES_MAX = 16 * TickChain.SESSIONS_MAX;

    /** After how many blocks a session without news is asked about again, so that it is noticed when it is over. */
    private static final long IDLE_REFRESH_BLOCKS = 150;

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    /**
     * What a settler works with.
     *
     * @param finalised the newest finalised block
     */
    public record Parts(TickCollector collector, TickChain chain, SigningKeys keys, TransactionSink pool,
            Supplier<FinalisedBlock> finalised, InstantSource clock) {}

    private record InFlight(PublicKey key, long nonce, long validUntil) {

        /** Whether the batch may still come into a block behind number {@code number}. */
        boolean isOpen(PublicKey other, long nextNonce, long number) {
            return key.equals(other) && Long.compareUnsigned(nextNonce, nonce) <= 0 && number < validUntil;
        }
    }

    /** The block worked at last, and how far finality was then. */
    private record Seen(Hash block, long finalised) {}

    private final Parts parts;
    private final TickCollector collector;
    private final TickChain chain;
    private final SettlementPlanner planner;
    private Optional<InFlight> inFlight = Optional.empty();
    private Optional<Seen> seen = Optional.empty();

    public Settler(Parts parts, SettlementPolicy policy) {
        this.parts = parts;
        this.collector = parts.collector();
        this.chain = parts.chain();
        this.planner = new SettlementPlanner(policy, BatchBudget.STANDARD);
    }

    @Override
    public void run(BestBlock block) {
        try {
            work(block);
        } catch (ChainUnavailableException e) {
            if (!e.isWithoutTickStream()) {
                LOG.warn("nothing settled at this block number={} reason={}", block.number(), e.getMessage());
            }
        }
    }

    private void work(BestBlock block) throws ChainUnavailableException {
        Settings settings = chain.settings(block.hash());
        collector.onBestBlock(block.number(), settings.limits());
        refresh(block);
        seen = Optional.of(new Seen(block.hash(), parts.finalised().get().number()));
        Optional<PlanContext> context = context(block, settings);
        if (context.isEmpty()) {
            return;
        }
        List<Pending> pending = collector
                .select(one -> one.hasNews() && one.session().refreshedAt() == block.number());
        List<Pending> due = planner.due(block.number(), settings, pending);
        Optional<Batch> batch = planner.fill(context.get(), due, payees(block.hash(), due));
        if (batch.isPresent()) {
            send(block, batch.get());
        }
    }

    /** Reads what the chain says of sessions with news, of those that a fork may have changed, and now and then of the others. */
    private void refresh(BestBlock block) throws ChainUnavailableException {
        long certain = readForCertain(block);
        List<Pending> stale = new ArrayList<>(
                collector.select(one -> one.session().refreshedAt() > certain || isStale(one, block.number())));
        if (stale.size() > REFRESHES_MAX) {
            stale.sort(Comparator.comparing(one -> one.session().refreshedAt()));
            stale = stale.subList(0, REFRESHES_MAX);
        }
        List<Pending> missing = new ArrayList<>();
        for (int from = 0; from < stale.size(); from += TickChain.SESSIONS_MAX) {
            List<Pending> some = stale.subList(from, Math.min(from + TickChain.SESSIONS_MAX, stale.size()));
            List<Optional<Session>> found = chain.sessions(block.hash(), ids(some));
            for (int i = 0; i < some.size(); i++) {
                if (found.get(i).isPresent()) {
                    collector.refresh(some.get(i).session().id(), found.get(i).get(), block.number());
                } else {
                    missing.add(some.get(i));
                }
            }
        }
        forgetWhatIsOver(missing);
    }

    /**
     * The last block number whose readings still hold. Where a block does not follow the one before, readings since the last
     * finalised block may be of a fork that lost: a settlement that was seen may not have happened.
     */
    private long readForCertain(BestBlock block) {
        if (seen.isEmpty()) {
            return -1;
        }
        return seen.get().block().equals(block.header().parentHash()) ? Long.MAX_VALUE : seen.get().finalised();
    }

    private static boolean isStale(Pending one, long number) {
        long age = Math.abs(number - one.session().refreshedAt());
        return one.hasNews() ? age > 0 : age >= IDLE_REFRESH_BLOCKS;
    }

    /** A session that was there when it was last read, and that a finalised block of that time or later lacks, is over. */
    private void forgetWhatIsOver(List<Pending> missing) throws ChainUnavailableException {
        FinalisedBlock finalised = parts.finalised().get();
        List<Pending> old = missing.stream().filter(one -> one.session().refreshedAt() <= finalised.number())
                .limit(TickChain.SESSIONS_MAX).toList();
        if (old.isEmpty()) {
            return;
        }
        List<Optional<Session>> found = chain.sessions(finalised.hash(), ids(old));
        for (int i = 0; i < old.size(); i++) {
            if (found.get(i).isEmpty()) {
                collector.forget(old.get(i).session().id());
            }
        }
    }

    private static List<Long> ids(List<Pending> some) {
        return some.stream().map(one -> one.session().id()).toList();
    }

    /** Empty where no key of ours may settle, or where its batch is still on its way. */
    private Optional<PlanContext> context(BestBlock block, Settings settings) throws ChainUnavailableException {
        for (PublicKey key : parts.keys().sr25519PublicKeys(KeyTypeId.TICK)) {
            Optional<Long> nonce = chain.nextNonce(block.hash(), key);
            if (nonce.isPresent()) {
                boolean waits = inFlight.isPresent() && inFlight.get().isOpen(key, nonce.get(), block.number());
                return waits ? Optional.empty()
                        : Optional.of(
                                new PlanContext(block.number(), parts.clock().millis(), settings, key, nonce.get()));
            }
        }
        return Optional.empty();
    }

    private Map<Long, Integer> payees(Hash at, List<Pending> due) throws ChainUnavailableException {
        Map<Long, Integer> payees = new HashMap<>();
        for (Pending one : due) {
            long id = one.session().facts().stream();
            if (!payees.containsKey(id)) {
                chain.stream(at, id).ifPresent(stream -> payees.put(id, stream.payees().size()));
            }
        }
        return payees;
    }

    private void send(BestBlock block, Batch batch) throws ChainUnavailableException {
        Bytes payload = chain.batchPayload(block.hash(), batch);
        Optional<Bytes> signature = parts.keys().sr25519Sign(KeyTypeId.TICK, batch.key(), payload);
        if (signature.isEmpty()) {
            LOG.warn("the settlement key left the keystore key={}", batch.key());
            return;
        }
        Bytes extrinsic = chain.batchExtrinsic(block.hash(), batch, signature.get());
        if (!parts.pool().submit(extrinsic.toArray())) {
            LOG.debug("the pool refused a batch nonce={} entries={}", batch.nonce(), batch.entries().size());
            return;
        }
        inFlight = Optional.of(new InFlight(batch.key(), batch.nonce(), batch.validUntil()));
        collector.settlementSent(batch.entries().stream().map(Entry::session).toList(), block.number());
        LOG.debug("settling sessions={} hashes={} nonce={} validUntil={}", batch.entries().size(), batch.hashes(),
                batch.nonce(), batch.validUntil());
    }
}
