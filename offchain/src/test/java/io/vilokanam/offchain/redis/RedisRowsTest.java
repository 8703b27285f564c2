package io.vilokanam.offchain.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.ForeignWords;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;

/** Nodes that share a Redis server; runs where the machine has one. */
@EnabledIf("hasServer")
final class RedisRowsTest {

    private static final String CHAIN = "00ff";

    static boolean hasServer() {
        return RedisServer.executable().isPresent();
    }

    private final ModelChain chain = new ModelChain();
    private final Map<Long, Viewer> viewers = new HashMap<>();
    private RedisServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RedisServer();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop();
    }

    private Viewer viewer(long id) {
        return viewers.computeIfAbsent(id, seed -> {
            Viewer made = new Viewer(seed, 60);
            chain.put(id, made.session(0, 1, 0, 1_000, ModelChain.START_MILLIS, 43_200));
            return made;
        });
    }

    private TickCollector node(RedisRows rows) {
        TickCollector collector = new TickCollector(chain, rows,
                () -> Instant.ofEpochMilli(ModelChain.START_MILLIS + 60_000), CollectorOptions.STANDARD);
        assertEquals(0, collector.restore());
        collector.onBestBlock(1, ModelChain.LIMITS);
        return collector;
    }

    private RedisRows rows(long node) {
        return new RedisRows(server.address(), CHAIN, node);
    }

    @Test
    void aNodeTakesUpWhatAnotherWroteAndTheNewestWordCounts() throws Exception {
        TickCollector one = node(rows(1));
        TickCollector two = node(rows(2));
        for (long id = 0; id < 1_500; id++) {
            one.submit(id, 3, viewer(id).word(3));
        }
        one.flush();
        two.submit(7, 9, viewer(7).word(9));
        two.submit(8, 2, viewer(8).word(2));
        two.release(9, viewer(9).closeSecret());
        two.flush();

        TickCollector three = node(rows(3));
        assertEquals(1_500, three.size());
        assertEquals(9, three.find(7).orElseThrow().ticks());
        assertEquals(3, three.find(8).orElseThrow().ticks(), "word 2 came later and is older");
        assertEquals(3, three.find(9).orElseThrow().ticks());
        one.forget(7);
        one.flush();
        assertTrue(node(rows(4)).find(7).isEmpty());
    }

    @Test
    void closeSecretsAreKept() throws Exception {
        TickCollector one = node(rows(1));
        one.release(9, viewer(9).closeSecret());
        one.flush();
        assertEquals(Optional.of(viewer(9).closeSecret()), node(rows(2)).urgent(10).getFirst().closeSecret());
    }

    @Test
    void aViewerChangesNodesAndItsWordIsThereAlready() throws Exception {
        RedisRows ofOne = rows(1);
        RedisRows ofTwo = rows(2);
        TickCollector one = node(ofOne);
        TickCollector two = node(ofTwo);
        viewer(1);
        CountDownLatch heard = new CountDownLatch(1);
        ForeignWords words = new ForeignWords(two);
        Thread listening = Thread.ofVirtual().start(() -> {
            try {
                ofTwo.listen(message -> {
                    words.take(message);
                    heard.countDown();
                }, 10);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        int tick = 0;
        do {
            // Nobody hears what was published before the other node listened.
            tick++;
            assertEquals(Verdict.ACCEPTED, one.submit(1, tick, viewer(1).word(tick)).verdict());
            one.flush();
        } while (!heard.await(50, TimeUnit.MILLISECONDS));
        listening.interrupt();
        listening.join();
        assertTrue(two.find(1).orElseThrow().ticks() > 0);
        assertTrue(words.taken() > 0);
        assertEquals(Verdict.ACCEPTED, two.submit(1, tick + 1, viewer(1).word(tick + 1)).verdict());
    }

    @Test
    void whatChangedWhileTheServerWasAwayIsWrittenWhenItIsBack() throws Exception {
        TickCollector one = node(rows(1));
        one.submit(1, 3, viewer(1).word(3));
        one.flush();
        server.stop();
        one.submit(1, 4, viewer(1).word(4));
        one.submit(2, 5, viewer(2).word(5));
        one.flush();
        one.flush();
        server.start();
        one.flush();
        TickCollector next = node(rows(2));
        assertEquals(4, next.find(1).orElseThrow().ticks());
        assertEquals(5, next.find(2).orElseThrow().ticks());
    }

    @Test
    void aNodeDoesNotBeginWithoutTheServer() throws Exception {
        server.stop();
        RedisRows rows = rows(1);
        assertThrows(UncheckedIOException.class, () -> node(rows));
    }

    @Test
    void addressesAreReadAsTheyAreUsuallyWritten() {
        assertEquals(Optional.of(new RedisAddress("localhost", 6_379, 0)), RedisAddress.of("redis://localhost"));
        assertEquals(Optional.of(new RedisAddress("10.0.0.7", 7_000, 2)), RedisAddress.of("redis://10.0.0.7:7000/2"));
        assertEquals(Optional.of(new RedisAddress("::1", 6_379, 0)), RedisAddress.of("redis://[::1]:6379"));
        for (String wrong : new String[]{"rediss://localhost", "localhost:6379", "redis://", "redis://u:p@h",
                "redis://h/x",
                "redis://h:70000", "%"}) {
            assertEquals(Optional.empty(), RedisAddress.of(wrong), wrong);
        }
    }
}
