package io.vilokanam.offchain.settler;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Bytes;

/**
 * Brings the collector's words to the chain, once a block, with one batch in flight a key: a node with several registered keys settles
 * as many batches a block. Sessions get their turn in a round through all of them, those that close or are worth much at once; where
 * more is due than fits, the round takes longer and each entry settles more. A session is forgotten only when a
 * finalised block says that it is over: until then its newest word is kept, which proves all earlier ones again on any fork.
 * A batch that reaches the chain twice settles nothing twice.
 */
public final class Settler implements BlockWorker {

    /** How many sessions are looked at a block for those that are due. */
    private static final int LOOKS_MAX = 1 << 16;

    /** How many keys of a node settle. */
    private static final int KEYS_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    /**
     * What a settler works with.
     *
     * @param finalised the newest finalised block
     */
    public record Parts(TickCollector collector, TickChain chain, SigningKeys keys, TransactionSink pool,
            Supplier<FinalisedBlock> finalised, InstantSource clock) {}

    private record InFlight(long nonce, long validUntil, long weight) {

        /** Whether the batch may still come into a block behind number {@code number}. */
        boolean isOpen(long nextNonce, long number) {
            return Long.compareUnsigned(nextNonce, nonce) <= 0 && number < validUntil;
        }
    }

    private final Parts parts;
    private final TickCollector collector;
    private final TickChain chain;
    private final long total;
    private final SettlementPlanner planner;
    private final SettlerCounts counts = new SettlerCounts();
    private final Refreshing refreshing;
    private final Round round;
    private final Map<PublicKey, InFlight> inFlight = new HashMap<>();

    public Settler(Parts parts, SettlementPolicy policy) {
        this(parts, policy, SessionChanges.UNKNOWN);
    }

    public Settler(Parts parts, SettlementPolicy policy, SessionChanges changes) {
        this(parts, policy, changes, BatchBudget.TOTAL);
    }

    /** @param total what all batches of a block may weigh, picoseconds */
    Settler(Parts parts, SettlementPolicy policy, SessionChanges changes, long total) {
        this.parts = parts;
        this.collector = parts.collector();
        this.chain = parts.chain();
        this.total = total;
        this.planner = new SettlementPlanner(policy);
        this.refreshing = new Refreshing(collector, chain, changes, counts);
        this.round = new Round(collector, planner, counts);
        collector.settleFrom(policy.largeValue());
    }

    public SettlerCounts counts() {
        return counts;
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
        FinalisedBlock finalised = parts.finalised().get();
        refreshing.follow(block, finalised);
        List<PlanContext> contexts = contexts(block, settings);
        if (contexts.isEmpty()) {
            return;
        }
        long max = Math.min(contexts.size() * settings.entriesMax(), TickChain.SESSIONS_MAX);
        Turn turn = Turn.of(parts.keys().sr25519PublicKeys(KeyTypeId.TICK).getFirst(), planner.intervalBlocks());
        List<Pending> found = round.find(block.number(), settings, LOOKS_MAX, (int) max, turn);
        refreshing.read(block, finalised,
                found.stream().filter(one -> one.session().refreshedAt() != block.number()).toList());
        List<Pending> due = planner.due(block.number(), settings, again(found, block.number()), max, turn);
        settle(block, contexts, due);
    }

    /** What is known now of sessions that were read just now. */
    private List<Pending> again(List<Pending> sessions, long number) {
        List<Pending> now = new ArrayList<>();
        for (Pending one : sessions) {
            collector.find(one.session().id()).filter(known -> known.refreshedAt() == number)
                    .ifPresent(known -> now.add(new Pending(known, one.closeSecret())));
        }
        return now;
    }

    /** One batch a key, all of them together no heavier than the budget. */
    private void settle(BestBlock block, List<PlanContext> contexts, List<Pending> due)
            throws ChainUnavailableException {
        counts.due = due.size();
        if (due.isEmpty()) {
            counts.weight = 0;
            return;
        }
        Map<Long, Integer> payees = payees(block.hash(), due);
        BatchBudget budget = BatchBudget.of(chain, block.hash());
        // What waits in the pool may come into the same block.
        long room = Math.max(0, total - inFlight.values().stream().mapToLong(InFlight::weight).sum());
        long left = room;
        List<Pending> waiting = due;
        for (PlanContext context : contexts) {
            Optional<Batch> batch = planner.fill(context, waiting, payees, budget.withTotal(left));
            if (batch.isEmpty()) {
                break;
            }
            long weight = budget.weightOf(batch.get());
            if (send(block, batch.get(), weight)) {
                left -= weight;
                Set<Long> taken = new HashSet<>();
                batch.get().entries().forEach(entry -> taken.add(entry.session()));
                waiting = waiting.stream().filter(one -> !taken.contains(one.session().id())).toList();
            }
        }
        round.keep(waiting, due.size() - waiting.size());
        counts.weight = room - left;
    }

    /** The keys of ours that may settle and have no batch on its way. */
    private List<PlanContext> contexts(BestBlock block, Settings settings) throws ChainUnavailableException {
        List<PlanContext> contexts = new ArrayList<>();
        for (PublicKey key : parts.keys().sr25519PublicKeys(KeyTypeId.TICK).stream().limit(KEYS_MAX).toList()) {
            Optional<Long> nonce = chain.nextNonce(block.hash(), key);
            Optional<InFlight> batch = Optional.ofNullable(inFlight.get(key));
            if (nonce.isPresent() && batch.map(one -> !one.isOpen(nonce.get(), block.number())).orElse(true)) {
                inFlight.remove(key);
                contexts.add(new PlanContext(block.number(), parts.clock().millis(), settings, key, nonce.get()));
            }
        }
        return contexts;
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

    /** @return whether the pool took it */
    private boolean send(BestBlock block, Batch batch, long weight) throws ChainUnavailableException {
        Bytes payload = chain.batchPayload(block.hash(), batch);
        Optional<Bytes> signature = parts.keys().sr25519Sign(KeyTypeId.TICK, batch.key(), payload);
        if (signature.isEmpty()) {
            LOG.warn("the settlement key left the keystore key={}", batch.key());
            return false;
        }
        Bytes extrinsic = chain.batchExtrinsic(block.hash(), batch, signature.get());
        if (!parts.pool().submit(extrinsic.toArray())) {
            counts.refused.increment();
            LOG.debug("the pool refused a batch nonce={} entries={}", batch.nonce(), batch.entries().size());
            return false;
        }
        inFlight.put(batch.key(), new InFlight(batch.nonce(), batch.validUntil(), weight));
        counts.batches.increment();
        counts.entries.add(batch.entries().size());
        counts.hashes.add(batch.hashes());
        collector.settlementSent(batch.entries().stream().map(Entry::session).toList(), block.number());
        LOG.debug("settling sessions={} hashes={} nonce={} validUntil={}", batch.entries().size(), batch.hashes(),
                batch.nonce(), batch.validUntil());
        return true;
    }
}
