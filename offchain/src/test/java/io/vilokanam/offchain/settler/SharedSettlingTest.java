package io.vilokanam.offchain.settler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.offchain.worker.SigningKeys;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

/** Settlers that share the work: several keys of one node, and several nodes. */
final class SharedSettlingTest {

    private static final long INTERVAL = 60;
    private static final SettlementPolicy POLICY = new SettlementPolicy(INTERVAL, U128.MAX, 6);

    private final ModelChain model = new ModelChain();
    private final List<Batch> batches = new ArrayList<>();
    private final Map<Hash, SessionChanges.Changed> changes = new HashMap<>();
    private int asked;

    private static PublicKey key(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) (number * 37);
        key[31] = (byte) number;
        return PublicKey.wrap(key);
    }

    /** The model's one nonce counts for all keys here: which key signs makes no difference to it. */
    private final TickChain chain = new TickChain() {
        @Override
        public Settings settings(Hash at) {
            return model.settings(at);
        }

        @Override
        public Optional<Stream> stream(Hash at, long stream) {
            return model.stream(at, stream);
        }

        @Override
        public List<Optional<Session>> sessions(Hash at, List<Long> ids) throws ChainUnavailableException {
            asked += ids.size();
            return model.sessions(at, ids);
        }

        @Override
        public Optional<Long> nextNonce(Hash at, PublicKey key) {
            return Optional.of(batches.stream().filter(batch -> batch.key().equals(key)).count());
        }

        @Override
        public Bytes batchPayload(Hash at, Batch batch) {
            return model.batchPayload(at, batch);
        }

        @Override
        public Bytes batchExtrinsic(Hash at, Batch batch, Bytes signature) {
            return model.batchExtrinsic(at, batch, signature);
        }

        @Override
        public long batchWeight(Hash at, Batch batch) {
            return model.batchWeight(at, batch);
        }
    };

    private static SigningKeys keys(PublicKey... keys) {
        return new SigningKeys() {
            @Override
            public List<PublicKey> sr25519PublicKeys(KeyTypeId type) {
                return List.of(keys);
            }

            @Override
            public Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey key, Bytes message) {
                return Optional.of(Bytes.wrap(new byte[64]));
            }
        };
    }

    private boolean submit(byte[] extrinsic) {
        try {
            batches.add(Batch.CODEC.decodeAll(extrinsic));
            return true;
        } catch (ScaleException e) {
            throw new AssertionError(e);
        }
    }

    private TickCollector collector() {
        return new TickCollector(model, RowStore.NONE, () -> Instant.ofEpochMilli(model.now()),
                CollectorOptions.STANDARD);
    }

    private Settler settler(TickCollector collector, PublicKey... keys) {
        return settler(collector, BatchBudget.TOTAL, keys);
    }

    private Settler settler(TickCollector collector, long total, PublicKey... keys) {
        return new Settler(new Settler.Parts(collector, chain, keys(keys), this::submit, model::finalised,
                () -> Instant.ofEpochMilli(model.now())), POLICY, block -> Optional.ofNullable(changes.get(block)),
                total);
    }

    /** Makes a block that settles what was sent since {@code from}, and tells what it changed. */
    private void block(int from) {
        Hash parent = model.best().hash();
        Set<Long> changed = new HashSet<>();
        for (Batch batch : batches.subList(from, batches.size())) {
            batch.entries().forEach(entry -> settle(changed, entry.session(), entry.ticks(), entry.word()));
        }
        Map<Long, Session> now = new HashMap<>();
        changed.forEach(id -> now.put(id, model.find(id).orElseThrow()));
        model.produce(List.of());
        now.forEach(model::put);
        changes.put(model.best().hash(),
                new SessionChanges.Changed(parent, changed.stream().mapToLong(Long::longValue).toArray()));
    }

    private void settle(Set<Long> changed, long id, long ticks, Bytes word) {
        Session session = model.find(id).orElseThrow();
        if (ticks > session.settledTicks()) {
            U128 gross = session.terms().grossOf(ticks).minus(session.charged());
            model.put(id, new Session(session.terms(), word, ticks, session.charged().plus(gross), U128.ZERO,
                    session.escrow().minus(gross), session.status()));
            changed.add(id);
        }
    }

    /** The next block settles nothing; the settler works at it. */
    private void next(Settler settler) {
        block(batches.size());
        settler.run(model.best());
    }

    private static void submitFirstWords(TickCollector collector, int sessions) throws Exception {
        for (long id = 0; id < sessions; id++) {
            collector.submit(id, 1, new Viewer(id, 500).word(1));
        }
    }

    private void open(int sessions) {
        model.addStream(0, 1);
        for (long id = 0; id < sessions; id++) {
            model.put(id, new Viewer(id, 500).session(0, 1, 0, 1_000, model.now() - 600_000, 43_200));
        }
    }

    @Test
    void eachKeyOfANodeSettlesABatchABlockAndTogetherTheyKeepTheBudget() throws Exception {
        open(4_000);
        TickCollector collector = collector();
        submitFirstWords(collector, 4_000);
        Settler settler = settler(collector, key(1), key(2), key(3));
        for (int i = 0; i < INTERVAL; i++) {
            block(batches.size());
        }
        settler.run(model.best());
        assertEquals(2, batches.size());
        assertEquals(List.of(key(1), key(2)), batches.stream().map(Batch::key).toList());
        assertEquals(2_048, batches.getFirst().entries().size());
        long weight = batches.stream().mapToLong(batch -> model.batchWeight(model.best().hash(), batch)).sum();
        assertTrue(weight <= BatchBudget.TOTAL, () -> weight + " ps");
        assertTrue(weight > BatchBudget.TOTAL * 9 / 10, () -> weight + " ps");
        assertEquals(weight, settler.counts().weight());
        Set<Long> sessions = new HashSet<>();
        batches.forEach(batch -> batch.entries().forEach(entry -> assertTrue(sessions.add(entry.session()))));
        block(0);
        settler.run(model.best());
        assertEquals(4_000 - sessions.size(), batches.stream().skip(2).mapToInt(batch -> batch.entries().size()).sum());
        assertEquals(0, settler.counts().refused());
    }

    /** Viewers for whom the interval is too short: rounds get as long as the budget makes them, and then no longer. */
    @Test
    void tooManyViewersWaitLongerButNotEverLonger() throws Exception {
        int sessions = 300;
        int fitting = 3;
        int round = sessions / fitting;
        Settings settings = model.settings();
        model.settings(new Settings(settings.platform(), settings.fee(), settings.minimumDeposit(), settings.maxTicks(),
                3 * fitting, settings.hashesMax(), settings.paymentsMax(), settings.validityMax(), settings.limits()));
        Viewer viewer = new Viewer(1, 1_000);
        model.addStream(0, 1);
        for (long id = 0; id < sessions; id++) {
            model.put(id, viewer.session(0, 1, 0, 1_000, model.now() - 60_000, 43_200));
        }
        long total = BatchBudget.of(model, model.best().hash()).weightOf(fitting, 2L * fitting * round, 1, 0);
        TickCollector collector = collector();
        Settler settler = settler(collector, total, key(1));
        Map<Long, Long> settledAt = new HashMap<>();
        long[] longest = new long[5];
        for (int number = 1; number <= longest.length * round; number++) {
            Bytes word = viewer.word(2 * number);
            for (long id = 0; id < sessions; id++) {
                collector.submit(id, 2 * number, word);
            }
            int sent = batches.size();
            settler.run(model.best());
            List<Batch> now = batches.subList(sent, batches.size());
            assertTrue(now.stream().mapToLong(batch -> model.batchWeight(model.best().hash(), batch)).sum() <= total);
            for (Batch batch : now) {
                for (Entry entry : batch.entries()) {
                    settledAt.put(entry.session(), (long) number);
                }
            }
            for (long id = 0; id < sessions; id++) {
                long waited = number - settledAt.getOrDefault(id, 0L);
                longest[(number - 1) / round] = Math.max(longest[(number - 1) / round], waited);
            }
            block(sent);
        }
        assertTrue(longest[4] <= longest[2] + 1 && longest[4] < 3 * round / 2, () -> Arrays.toString(longest));
    }

    @Test
    void allBatchesOfABlockStayClearlyBelowHalfOfWhatNormalCallsMayTake() {
        long normal = 750_000_000_000L;
        assertTrue(BatchBudget.TOTAL <= normal * 45 / 100);
    }

    @Test
    void onlyWhatABlockChangedIsAskedAbout() throws Exception {
        open(5_000);
        TickCollector collector = collector();
        Settler settler = settler(collector, key(1));
        submitFirstWords(collector, 5_000);
        next(settler);
        asked = 0;
        for (int i = 0; i < 10; i++) {
            next(settler);
        }
        assertEquals(0, asked, "nothing changed, nothing is due");
        Session closing = model.find(77).orElseThrow().withStatus(new SessionStatus.Closing(model.number() + 30));
        block(batches.size());
        model.put(77, closing);
        changes.put(model.best().hash(),
                new SessionChanges.Changed(model.best().header().parentHash(), new long[]{77}));
        settler.run(model.best());
        assertEquals(1, asked);
        for (int i = 0; i < 10 && batches.isEmpty(); i++) {
            block(0);
            settler.run(model.best());
        }
        assertEquals(List.of(77L), batches.getFirst().entries().stream().map(entry -> entry.session()).toList());
    }

    @Test
    void aForkIsReadOnlyWhereTheTwoBranchesDiffer() throws Exception {
        open(3_000);
        TickCollector collector = collector();
        Settler settler = settler(collector, key(1));
        submitFirstWords(collector, 3_000);
        next(settler);
        block(batches.size());
        settle(new HashSet<>(), 5, 1, new Viewer(5, 500).word(1));
        changes.put(model.best().hash(), new SessionChanges.Changed(model.best().header().parentHash(), new long[]{5}));
        settler.run(model.best());
        assertEquals(1, collector.find(5).orElseThrow().facts().settledTicks());
        asked = 0;
        model.retract(1);
        next(settler);
        assertEquals(0, collector.find(5).orElseThrow().facts().settledTicks());
        assertEquals(1, asked);
    }

    /** Three nodes know all words and settle them for hours; hardly anything is settled by two of them at once. */
    @Test
    void severalSettlersTakeTurnsWithoutKnowingOfEachOther() throws Exception {
        int sessions = 120;
        open(sessions);
        List<TickCollector> collectors = new ArrayList<>();
        List<Settler> settlers = new ArrayList<>();
        for (int node = 1; node <= 3; node++) {
            collectors.add(collector());
            settlers.add(settler(collectors.getLast(), key(node)));
        }
        int before = 0;
        for (int number = 1; number <= 300; number++) {
            for (long id = 0; id < sessions; id++) {
                Bytes word = new Viewer(id, 500).word(number);
                for (TickCollector collector : collectors) {
                    collector.submit(id, number, word);
                }
            }
            int sent = batches.size();
            for (Settler settler : settlers) {
                settler.run(model.best());
            }
            block(before);
            before = sent;
        }
        int entries = 0;
        Map<Long, Map<Integer, Integer>> seen = new HashMap<>();
        for (Batch batch : batches) {
            entries += batch.entries().size();
            batch.entries().forEach(entry -> seen.computeIfAbsent(entry.session(), _ -> new HashMap<>())
                    .merge((int) entry.ticks(), 1, Integer::sum));
        }
        int doubles = seen.values().stream().flatMap(ticks -> ticks.values().stream()).mapToInt(count -> count - 1)
                .sum();
        int all = entries;
        assertTrue(doubles <= all / 10, () -> doubles + " doubles of " + all + " entries");
        assertTrue(all <= sessions * (300 / (INTERVAL / 2) + 3), () -> all + " entries");
        for (long id = 0; id < sessions; id++) {
            assertTrue(model.find(id).orElseThrow().settledTicks() > 300 - INTERVAL - 8);
        }
    }

    @Test
    void turnsOfSettlersDifferAndStayWithinTheInterval() {
        Turn one = Turn.of(key(1), INTERVAL);
        Turn two = Turn.of(key(2), INTERVAL);
        int same = 0;
        for (long session = 0; session < 10_000; session++) {
            long wait = one.interval(session, INTERVAL);
            assertTrue(wait >= INTERVAL / 2 && wait <= INTERVAL);
            assertTrue(one.closingDelay(session) <= 9);
            same += Math.abs(wait - two.interval(session, INTERVAL)) <= 1 ? 1 : 0;
        }
        int together = same;
        assertTrue(together < 1_100, () -> together + " of 10,000 sessions have nearly the same turn");
        assertEquals(INTERVAL, Turn.ALONE.interval(7, INTERVAL));
        assertEquals(3, Turn.of(key(1), 3).interval(7, 3));
        assertEquals(0, Turn.ALONE.closingDelay(7));
    }

    /** A node that was away reads all its sessions as soon as it is back: some may be closing for long already. */
    @Test
    void afterARestartAllSessionsAreReadBeforeLong() throws Exception {
        int sessions = 70_000;
        model.addStream(0, 1);
        Viewer viewer = new Viewer(1, 500);
        Session session = viewer.session(0, 1, 0, 1_000, model.now() - 600_000, 43_200);
        Map<Long, Session> all = new HashMap<>();
        for (long id = 0; id < sessions; id++) {
            all.put(id, session);
        }
        model.putAll(all);
        TickCollector collector = collector();
        for (long id = 0; id < sessions; id++) {
            collector.submit(id, 1, viewer.word(1));
        }
        Session closing = session.withStatus(new SessionStatus.Closing(40));
        all.replaceAll((_, _) -> closing);
        model.putAll(all);
        Settler settler = settler(collector);
        for (int i = 0; i < 3; i++) {
            next(settler);
        }
        assertEquals(0, collector.select(one -> !one.session().facts().isClosing()).size());
    }
}
