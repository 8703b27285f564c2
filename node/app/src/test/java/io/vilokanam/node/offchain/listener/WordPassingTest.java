package io.vilokanam.node.offchain.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.MemoryNetwork;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.offchain.listener.TickClient.Answer;
import io.vilokanam.node.offchain.listener.TickFrames.Code;
import io.vilokanam.node.offchain.passing.WordPassing;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.ForeignWords;
import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.SessionObserver;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.scale.Bytes;

/** Two operators' nodes over one chain: words that come to one of them are known to the other. */
final class WordPassingTest {

    private static final String GENESIS = "00";

    /** Collector, listener and protocol of one operator. */
    private static final class Operator implements AutoCloseable {
        private final SyntheticSessions chain = new SyntheticSessions(2_000);
        private final TickCollector collector = new TickCollector(chain, RowStore.NONE,
                () -> Instant.ofEpochMilli(1_000_000),
                CollectorOptions.STANDARD);
        private final MemoryNetwork network;
        private final WordPassing passing;
        private final TickListener listener;

        Operator(int number, Set<PeerId> partners) throws Exception {
            collector.onBestBlock(1, SyntheticSessions.LIMITS);
            network = new MemoryNetwork(number);
            passing = new WordPassing(partners, new ForeignWords(collector));
            passing.register(network, GENESIS);
            collector.onWritten(passing);
            listener = new TickListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), collector,
                    TickListenerOptions.STANDARD, () -> 0);
            listener.start();
        }

        /** Counts down with each newer word of the session. */
        void watch(long session, CountDownLatch latch) {
            collector.observe(new SessionObserver() {
                @Override
                public void changed(KnownSession known) {
                    if (known.id() == session) {
                        latch.countDown();
                    }
                }

                @Override
                public void ended(long id) {
                    throw new AssertionError("session " + id + " is not over");
                }
            });
        }

        @Override
        public void close() {
            listener.close();
            network.close();
        }
    }

    private final PeerId first = new MemoryNetwork(1).localPeer();
    private final PeerId second = new MemoryNetwork(2).localPeer();
    private Operator one;
    private Operator two;

    private void open(Set<PeerId> ofOne, Set<PeerId> ofTwo) throws Exception {
        one = new Operator(1, ofOne);
        two = new Operator(2, ofTwo);
        MemoryNetwork.connect(one.network, two.network);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static byte[] word(long session, int ticks) {
        return TickClient.word(session, ticks, SyntheticSessions.word(session, ticks));
    }

    @Test
    void aViewerChangesNodesInTheMiddleOfASession() throws Exception {
        open(Set.of(second), Set.of(first));
        CountDownLatch heard = new CountDownLatch(1);
        two.watch(7, heard);
        try (TickClient viewer = TickClient.open(one.listener.address())) {
            viewer.send(word(7, 40));
            assertEquals(new Answer(7, 40, 0, 60, Code.ACCEPTED), viewer.answers(1).getFirst());
        }
        one.collector.flush();
        assertTrue(heard.await(10, TimeUnit.SECONDS));
        CountDownLatch heardBack = new CountDownLatch(1);
        one.watch(7, heardBack);
        try (TickClient viewer = TickClient.open(two.listener.address())) {
            viewer.send(TickClient.joined(List.of(word(7, 39), word(7, 41))));
            assertEquals(List.of(new Answer(7, 40, 0, 60, Code.STALE), new Answer(7, 41, 0, 59, Code.ACCEPTED)),
                    viewer.answers(2));
        }
        two.collector.flush();
        assertTrue(heardBack.await(10, TimeUnit.SECONDS));
        assertEquals(41, one.collector.find(7).orElseThrow().ticks());
    }

    @Test
    void whatCameFromAnotherNodeIsNotPassedOn() throws Exception {
        open(Set.of(second), Set.of(first));
        CountDownLatch heard = new CountDownLatch(1_500);
        two.collector.observe(new SessionObserver() {
            @Override
            public void changed(KnownSession known) {
                heard.countDown();
            }

            @Override
            public void ended(long id) {
                throw new AssertionError("session " + id + " is not over");
            }
        });
        for (long session = 0; session < 1_500; session++) {
            one.collector.submit(session, 3, SyntheticSessions.word(session, 3));
        }
        one.collector.flush();
        assertTrue(heard.await(30, TimeUnit.SECONDS));
        two.collector.flush();
        assertEquals(1_500, one.passing.sent());
        assertEquals(0, two.passing.sent());
    }

    @Test
    void nodesThatDoNotNameEachOtherShareNothing() throws Exception {
        open(Set.of(second), Set.of());
        one.collector.submit(1, 3, SyntheticSessions.word(1, 3));
        one.collector.flush();
        assertEquals(0, one.passing.sent());
        assertTrue(two.collector.find(1).isEmpty());
    }

    @Test
    void aPeerPaysForWhatIsNoListOfWordsOrOfNoChain() throws Exception {
        open(Set.of(second), Set.of(first));
        two.passing.received(first, Bytes.wrap(new byte[45]));
        two.passing.received(first, Bytes.wrap(TickClient.word(1, 5, Bytes.wrap(new byte[32]))));
        two.passing.received(first, Bytes.wrap(word(1, 5)));
        assertEquals(List.of(-(1 << 12), -(1 << 8)),
                two.network.reports().stream().map(ReputationChange::value).toList());
        assertEquals(5, two.collector.find(1).orElseThrow().ticks());
    }
}
