package io.vilokanam.offchain.settler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.model.MapRows;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.offchain.worker.SigningKeys;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

final class SettlerTest {

    private static final long RATE = 10;

    private final ModelChain chain = new ModelChain();
    private final MapRows store = new MapRows();
    private final List<Bytes> pool = new ArrayList<>();
    private int submitted;
    private TickCollector collector = collector();
    private Settler settler = settler();

    private static final SigningKeys KEYS = new SigningKeys() {
        @Override
        public List<PublicKey> sr25519PublicKeys(KeyTypeId type) {
            return type.equals(KeyTypeId.TICK) ? List.of(ModelChain.KEY) : List.of();
        }

        @Override
        public Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey key, Bytes message) {
            return Optional.of(Bytes.wrap(new byte[64]));
        }
    };

    private TickCollector collector() {
        return new TickCollector(chain, store, () -> Instant.ofEpochMilli(chain.now()), CollectorOptions.STANDARD);
    }

    private Settler settler() {
        Settler.Parts parts = new Settler.Parts(collector, chain, KEYS, this::submit, chain::finalised,
                () -> Instant.ofEpochMilli(chain.now()));
        return new Settler(parts, SettlementPolicy.DEVELOPMENT);
    }

    private boolean submit(byte[] extrinsic) {
        Bytes wire = Bytes.wrap(extrinsic);
        if (!chain.isValid(wire) || pool.contains(wire)) {
            return false;
        }
        pool.add(wire);
        submitted++;
        return true;
    }

    /** The next block takes in what is in the pool, and the settler works at it. */
    private void block() {
        chain.produce(pool);
        pool.removeIf(extrinsic -> !chain.isValid(extrinsic));
        settler.run(chain.best());
    }

    private void blocks(int count) {
        for (int i = 0; i < count; i++) {
            block();
        }
    }

    private void open(long id, Viewer viewer) {
        chain.addStream(id % 3, 1);
        chain.put(id, viewer.session(id % 3, RATE, 0, 1_000_000, chain.now(), 43_200));
    }

    @Test
    void settlesTheNewestWordAfterTheIntervalAndNothingTwice() throws Exception {
        Viewer viewer = new Viewer(1, 1_000);
        open(1, viewer);
        for (int ticks = 1; ticks <= 5; ticks++) {
            assertEquals(Verdict.ACCEPTED, collector.submit(1, ticks, viewer.word(ticks)).verdict());
        }
        blocks(5);
        assertEquals(5, chain.find(1).orElseThrow().settledTicks());
        assertEquals(U128.of(50), chain.paid());
        assertEquals(1, submitted);
        blocks(10);
        assertEquals(1, submitted);
        assertEquals(0, chain.skipped());
        collector.submit(1, 6, viewer.word(6));
        blocks(2);
        assertEquals(6, chain.find(1).orElseThrow().settledTicks());
    }

    @Test
    void settlesAtOnceWhatCloses() throws Exception {
        Viewer viewer = new Viewer(1, 1_000);
        open(1, viewer);
        collector.submit(1, 3, viewer.word(3));
        collector.release(1, viewer.closeSecret());
        blocks(2);
        Session session = chain.find(1).orElseThrow();
        assertEquals(3, session.settledTicks());
        assertEquals(new SessionStatus.Closing(chain.number() + 30), session.status());
        blocks(40);
        assertEquals(1, submitted);
    }

    @Test
    void settlesWordsOfASessionWhoseViewerClosedItOnChain() throws Exception {
        Viewer viewer = new Viewer(1, 1_000);
        open(1, viewer);
        blocks(1);
        collector.submit(1, 3, viewer.word(3));
        blocks(1);
        chain.put(1, chain.find(1).orElseThrow().withStatus(new SessionStatus.Closing(chain.number() + 30)));
        blocks(2);
        assertEquals(3, chain.find(1).orElseThrow().settledTicks());
    }

    @Test
    void keepsOneBatchInFlight() throws Exception {
        Viewer viewer = new Viewer(1, 1_000);
        open(1, viewer);
        collector.submit(1, 1, viewer.word(1));
        collector.release(1, viewer.closeSecret());
        settler.run(chain.produce(List.of()));
        assertEquals(1, submitted);
        for (int i = 0; i < 5; i++) {
            collector.submit(1, 2 + i, viewer.word(2 + i));
            settler.run(chain.produce(List.of()));
            assertEquals(1, submitted, "the first batch may still come into a block");
        }
        settler.run(chain.produce(List.of()));
        assertEquals(2, submitted, "the first batch is not valid any more");
    }

    @Test
    void forgetsASessionOnlyWhenAFinalisedBlockSaysThatItIsOver() throws Exception {
        Viewer viewer = new Viewer(1, 1_000);
        open(1, viewer);
        collector.submit(1, 3, viewer.word(3));
        collector.release(1, viewer.closeSecret());
        blocks(40);
        assertTrue(chain.find(1).isEmpty());
        blocks(200);
        assertTrue(collector.find(1).isPresent(), "no block of its end is final");
        chain.finalise(0);
        blocks(151);
        assertTrue(collector.find(1).isEmpty());
        collector.flush();
        assertEquals(0, store.size());
    }

    @Test
    void settlesInStepsWhatIsFarBehind() throws Exception {
        Viewer viewer = new Viewer(1, 20_000);
        chain.addStream(0, 1);
        chain.put(1, viewer.session(0, RATE, 0, 1_000_000, chain.now() - 10_000_000, 43_200));
        collector.submit(1, 4_000, viewer.word(4_000));
        collector.submit(1, 8_000, viewer.word(8_000));
        collector.submit(1, 9_999, viewer.word(9_999));
        blocks(15);
        assertEquals(9_999, chain.find(1).orElseThrow().settledTicks());
        assertEquals(3, submitted);
        assertEquals(0, chain.skipped());
    }

    @Test
    void doesNothingWithoutARegisteredKey() throws Exception {
        Settler.Parts parts = new Settler.Parts(collector, chain, new SigningKeys() {
            @Override
            public List<PublicKey> sr25519PublicKeys(KeyTypeId type) {
                return List.of();
            }

            @Override
            public Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey key, Bytes message) {
                return Optional.empty();
            }
        }, this::submit, chain::finalised, () -> Instant.ofEpochMilli(chain.now()));
        settler = new Settler(parts, SettlementPolicy.DEVELOPMENT);
        Viewer viewer = new Viewer(1, 1_000);
        open(1, viewer);
        collector.submit(1, 3, viewer.word(3));
        blocks(10);
        assertEquals(0, submitted);
    }

    /** Viewers watch while blocks are lost, forks win, the node restarts and batches go astray; at the end all is settled once. */
    @SeededTest(runs = 80)
    void settlesEveryWordExactlyOnceThroughForksAndRestarts(long seed) throws Exception {
        Random random = new Random(seed);
        int viewers = 1 + random.nextInt(12);
        Map<Long, Viewer> watching = new HashMap<>();
        Map<Long, Integer> released = new HashMap<>();
        for (long id = 0; id < viewers; id++) {
            watching.put(id, new Viewer(seed * 100 + id, 300));
            open(id, watching.get(id));
            released.put(id, 0);
        }
        chain.finalise(0);
        for (int step = 0; step < 120; step++) {
            for (long id = 0; id < viewers; id++) {
                if (random.nextInt(3) > 0) {
                    int ticks = released.get(id) + 1 + random.nextInt(2);
                    Verdict verdict = collector.submit(id, ticks, watching.get(id).word(ticks)).verdict();
                    if (verdict == Verdict.ACCEPTED) {
                        released.put(id, ticks);
                    } else {
                        assertEquals(Verdict.AHEAD, verdict);
                    }
                }
            }
            switch (random.nextInt(12)) {
                case 0 -> chain.retract(1 + random.nextInt(4));
                case 1 -> pool.clear();
                case 2 -> chain.finalise(random.nextInt(5));
                case 3 -> {
                    collector.flush();
                    collector = collector();
                    assertEquals(0, collector.restore());
                    settler = settler();
                }
                case 4 -> settler.run(chain.produce(List.of()));
                default -> block();
            }
        }
        blocks(30);
        U128 expected = U128.ZERO;
        for (long id = 0; id < viewers; id++) {
            assertEquals(released.get(id).longValue(), chain.find(id).orElseThrow().settledTicks());
            expected = expected.plus(U128.of(RATE * released.get(id)));
        }
        assertEquals(expected, chain.paid());
    }
}
