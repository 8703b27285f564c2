package io.vilokanam.benchmarks.simulation;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.offchain.collector.BestBlockSessions;
import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.RowChanges;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.StoredRow;
import io.vilokanam.offchain.collector.Submission;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.settler.SessionChanges;
import io.vilokanam.offchain.settler.SettlementPolicy;
import io.vilokanam.offchain.settler.Settler;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.worker.SigningKeys;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/** A node with a collector and a settler of its own key, which crashes and comes back with what its store holds. */
final class SimulatedNode {

    /** Creators see their money after some blocks; nothing is worth so much that it does not wait. */
    private static final SettlementPolicy POLICY = SettlementPolicy.DEVELOPMENT;

    private final SimulatedChain chain;
    private final InstantSource clock;
    private final PublicKey key;
    private final SessionChanges changes;
    private final MapRows store = new MapRows();
    private Optional<TickCollector> collector = Optional.empty();
    private Optional<Settler> settler = Optional.empty();
    /** What was accepted since the collector's last flush. */
    private final Map<SimulatedViewer, Accepted> accepted = new HashMap<>();

    private record Accepted(long session, long ticks) {}

    /** @param changes what the settler hears of blocks: where it hears nothing, it asks the chain about all sessions */
    SimulatedNode(SimulatedChain chain, InstantSource clock, PublicKey key, SessionChanges changes) {
        this.chain = chain;
        this.clock = clock;
        this.key = key;
        this.changes = changes;
        start();
    }

    void start() {
        TickCollector started = new TickCollector(
                new BestBlockSessions(chain, () -> chain.best().hash()), store, clock, CollectorOptions.STANDARD);
        if (started.restore() > 0) {
            throw new IllegalStateException("the store holds what the collector cannot read");
        }
        collector = Optional.of(started);
        settler = Optional.of(new Settler(new Settler.Parts(started, chain, new OneKey(key), chain::submit,
                chain::finalised, clock), POLICY, changes));
    }

    boolean isUp() {
        return collector.isPresent();
    }

    /** Words since the last flush are lost. */
    void crash() {
        collector = Optional.empty();
        settler = Optional.empty();
        accepted.clear();
    }

    /** A viewer sends a word, true or not; nothing where the node is down. */
    Optional<Verdict> submit(SimulatedViewer viewer, long session, long ticks, Bytes word) {
        if (collector.isEmpty()) {
            return Optional.empty();
        }
        try {
            Submission answer = collector.get().submit(session, ticks, word);
            boolean isTaken = answer.verdict() == Verdict.ACCEPTED || answer.verdict() == Verdict.CLOSING;
            if (isTaken && viewer.isTrue(ticks, word)) {
                accepted.put(viewer, new Accepted(session, ticks));
            } else if (isTaken) {
                throw new InvariantBroken("a collector took word " + ticks + " of session " + session
                        + ", which its viewer never drew");
            }
            return Optional.of(answer.verdict());
        } catch (ChainUnavailableException | CollectorFullException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A viewer lets go of its close secret. */
    void release(long session, Bytes secret) {
        if (collector.isPresent()) {
            try {
                collector.get().release(session, secret);
            } catch (ChainUnavailableException | CollectorFullException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The newest word that the node knows of a session. */
    Optional<Map.Entry<Long, Bytes>> newest(long session) {
        return collector.flatMap(up -> up.find(session)).map(known -> Map.entry(known.ticks(), known.word()));
    }

    /** Each second: from then on a crash no longer loses what was accepted before. */
    void flush() {
        collector.ifPresent(up -> {
            up.flush();
            accepted.forEach((viewer, word) -> viewer.isSafe(word.session, word.ticks));
            accepted.clear();
        });
    }

    void onBlock() {
        settler.ifPresent(up -> up.run(chain.bestBlock()));
    }

    private record OneKey(PublicKey key) implements SigningKeys {

        @Override
        public List<PublicKey> sr25519PublicKeys(KeyTypeId type) {
            return type.equals(KeyTypeId.TICK) ? List.of(key) : List.of();
        }

        @Override
        public Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey by, Bytes message) {
            return Optional.of(PlainHost.sign(by.bytes(), message.view()));
        }
    }

    private static final class MapRows implements RowStore {

        private final Map<Long, byte[]> rows = new HashMap<>();

        @Override
        public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
            for (byte[] value : rows.values()) {
                StoredRow row = StoredRow.read(value).orElseThrow();
                action.accept(row.session(), row.secret());
            }
            return 0;
        }

        @Override
        public void write(RowChanges changes) {
            changes.removed().forEach(rows::remove);
            for (int i = 0; i < changes.count(); i++) {
                rows.put(changes.session(i), StoredRow.write(changes, i));
            }
        }
    }
}
