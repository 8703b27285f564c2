package io.vilokanam.node.offchain.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.offchain.listener.TickClient.Answer;
import io.vilokanam.node.offchain.listener.TickFrames.Code;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.scale.Bytes;

/** The tick listener over loopback sockets, with a clock of its own. */
final class TickListenerTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long SESSIONS = 2_000;

    private final AtomicLong micros = new AtomicLong();
    private final SyntheticSessions chain = new SyntheticSessions(SESSIONS);
    private TickListener listener;

    private void listen(TickListenerOptions options) throws IOException {
        stop();
        TickCollector collector = new TickCollector(chain, chain, () -> Instant.ofEpochMilli(1_000_000),
                CollectorOptions.STANDARD);
        collector.onBestBlock(1, SyntheticSessions.LIMITS);
        listener = new TickListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), collector, options,
                micros::get);
        listener.start();
    }

    @BeforeEach
    void start() throws IOException {
        listen(TickListenerOptions.STANDARD);
    }

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close();
        }
    }

    private TickClient connect() throws IOException {
        return TickClient.open(listener.address());
    }

    private static byte[] word(long session, int ticks) {
        return TickClient.word(session, ticks, SyntheticSessions.word(session, ticks));
    }

    @Test
    void aWordIsAnsweredInTwentyOneBytes() throws Exception {
        try (TickClient client = connect()) {
            client.send(word(259, 7));
            TickClient.Frame frame = client.readFrame();
            assertEquals(TickClient.BINARY, frame.first());
            assertEquals("0301000000000000" + "07000000" + "00000000" + "5d000000" + "00",
                    HexFormat.of().formatHex(frame.content()));
        }
    }

    @Test
    void everyVerdictOfTheCollectorHasItsCode() throws Exception {
        try (TickClient client = connect()) {
            client.send(
                    TickClient.joined(List.of(word(1, 5), word(1, 5), TickClient.word(1, 6, Bytes.wrap(new byte[32])),
                            TickClient.word(1, 101, Bytes.wrap(new byte[32])), word(SESSIONS, 1), word(-1, 1))));
            assertEquals(List.of(new Answer(1, 5, 0, 95, Code.ACCEPTED), new Answer(1, 5, 0, 95, Code.STALE),
                    new Answer(1, 5, 0, 95, Code.MISMATCH), new Answer(1, 5, 0, 95, Code.EXHAUSTED),
                    new Answer(SESSIONS, 0, 0, 0, Code.UNKNOWN), new Answer(-1, 0, 0, 0, Code.UNKNOWN)),
                    client.answers(6));
        }
    }

    @Test
    void oneConnectionMayBringTheWordsOfManySessions() throws Exception {
        List<byte[]> words = new ArrayList<>();
        for (int session = 0; session < TickFrames.WORDS_PER_MESSAGE_MAX; session++) {
            words.add(word(session, 1));
        }
        try (TickClient client = connect()) {
            client.send(TickClient.joined(words));
            client.send(word(1_500, 3));
            List<Answer> answers = client.answers(words.size() + 1);
            for (int session = 0; session < words.size(); session++) {
                assertEquals(new Answer(session, 1, 0, 99, Code.ACCEPTED), answers.get(session));
            }
            assertEquals(new Answer(1_500, 3, 0, 97, Code.ACCEPTED), answers.getLast());
        }
    }

    @Test
    void aMessageMayComeInPieces() throws Exception {
        byte[] words = TickClient.joined(List.of(word(1, 1), word(2, 1)));
        try (TickClient client = connect()) {
            client.write(TickClient.frame(0x02, java.util.Arrays.copyOf(words, 50)));
            client.write(TickClient.frame(0x80, java.util.Arrays.copyOfRange(words, 50, 88)));
            assertEquals(List.of(1L, 2L), client.answers(2).stream().map(Answer::session).toList());
        }
    }

    @Test
    void pingsAreAnsweredAndClosesToo() throws Exception {
        try (TickClient client = connect()) {
            client.write(TickClient.frame(0x89, new byte[]{1, 2}));
            TickClient.Frame pong = client.readFrame();
            assertEquals(0x8a, pong.first());
            assertArrayEquals(new byte[]{1, 2}, pong.content());
            client.write(TickClient.frame(0x88, new byte[]{3, (byte) 0xe8}));
            assertEquals(1_000, client.readFrame().closeCode());
            assertTrue(client.isEnded());
        }
    }

    private void assertClosed(int code, byte[] frame) throws IOException {
        try (TickClient client = connect()) {
            client.write(frame);
            TickClient.Frame close = client.readFrame();
            assertEquals(0x88, close.first());
            assertEquals(code, close.closeCode());
            assertTrue(client.isEnded());
        }
    }

    @Test
    void whatIsNoListOfWordsEndsTheConnectionWithAReason() throws Exception {
        assertClosed(1_003,
                TickClient.frame(TickClient.TEXT, "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertClosed(1_007, TickClient.frame(TickClient.BINARY, new byte[0]));
        assertClosed(1_007, TickClient.frame(TickClient.BINARY, new byte[43]));
        assertClosed(1_007, TickClient.frame(TickClient.BINARY, new byte[45]));
        assertClosed(1_009, TickClient.frame(TickClient.BINARY, new byte[TickFrames.MESSAGE_BYTES_MAX + 44]));
        assertClosed(1_002, new byte[]{(byte) 0x82, 44});
        assertClosed(1_002, TickClient.frame(0xf2, new byte[44]));
    }

    @Test
    void randomBytesNeverHoldUpOthers() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);
            try (TickClient client = connect()) {
                client.write(bytes);
            }
        }
        try (TickClient client = connect()) {
            client.send(word(1, 1));
            assertEquals(Code.ACCEPTED, client.answers(1).getFirst().code());
        }
    }

    @Test
    void aConnectionThatSendsTooMuchIsLimitedUntilTimePasses() throws Exception {
        listen(TickListenerOptions.STANDARD.withConnectionRate(10, 3));
        try (TickClient client = connect()) {
            client.send(TickClient.joined(List.of(word(1, 1), word(2, 1), word(3, 1), word(4, 1))));
            assertEquals(List.of(Code.ACCEPTED, Code.ACCEPTED, Code.ACCEPTED, Code.LIMITED),
                    client.answers(4).stream().map(Answer::code).toList());
            micros.addAndGet(100_000);
            client.send(TickClient.joined(List.of(word(4, 1), word(5, 1))));
            assertEquals(List.of(new Answer(4, 1, 0, 99, Code.ACCEPTED), new Answer(5, 0, 0, 0, Code.LIMITED)),
                    client.answers(2));
            try (TickClient other = connect()) {
                other.send(word(6, 1));
                assertEquals(Code.ACCEPTED, other.answers(1).getFirst().code());
            }
        }
    }

    @Test
    void futileWordsCostMoreThanGoodOnes() throws Exception {
        listen(TickListenerOptions.STANDARD.withConnectionRate(100, 70));
        try (TickClient client = connect()) {
            client.send(TickClient.joined(List.of(word(-1, 1), word(1, 1), word(-2, 1), word(1, 2))));
            assertEquals(List.of(Code.UNKNOWN, Code.ACCEPTED, Code.UNKNOWN, Code.LIMITED),
                    client.answers(4).stream().map(Answer::code).toList());
        }
    }

    @Test
    void aSessionIsLimitedOverAllConnectionsAndOnlyByItsOwnWords() throws Exception {
        listen(TickListenerOptions.STANDARD.withSessionRate(1, 2));
        try (TickClient one = connect(); TickClient other = connect()) {
            one.send(TickClient.joined(List.of(TickClient.word(1, 9, Bytes.wrap(new byte[32])),
                    TickClient.word(1, 9, Bytes.wrap(new byte[32])), word(1, 1), word(1, 2))));
            assertEquals(List.of(Code.MISMATCH, Code.MISMATCH, Code.ACCEPTED, Code.ACCEPTED),
                    one.answers(4).stream().map(Answer::code).toList());
            other.send(TickClient.joined(List.of(word(1, 3), word(2, 1))));
            assertEquals(List.of(Code.LIMITED, Code.ACCEPTED), other.answers(2).stream().map(Answer::code).toList());
            micros.addAndGet(1_000_000);
            other.send(word(1, 3));
            assertEquals(Code.ACCEPTED, other.answers(1).getFirst().code());
        }
    }

    @Test
    void aConnectionThatNeverStopsIsClosed() throws Exception {
        listen(TickListenerOptions.STANDARD.withConnectionRate(1, 1).withLimitedMax(5));
        try (TickClient client = connect()) {
            for (int i = 0; i < 6; i++) {
                client.send(word(i, 1));
            }
            assertEquals(6, client.answers(6).size());
            assertEquals(1_008, client.readFrame().closeCode());
            assertTrue(client.isEnded());
        }
    }

    @Test
    void whenTheChainCannotBeAskedWordsAreUnavailableAndTheConnectionStays() throws Exception {
        try (TickClient client = connect()) {
            client.send(word(1, 1));
            client.answers(1);
            chain.takeDown();
            client.send(TickClient.joined(List.of(word(1, 2), word(2, 1))));
            assertEquals(List.of(Code.ACCEPTED, Code.UNAVAILABLE),
                    client.answers(2).stream().map(Answer::code).toList());
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAsTheyCome() throws Exception {
        listen(TickListenerOptions.STANDARD.withConnectionsMax(1));
        try (TickClient first = connect(); TickClient second = new TickClient(listener.address(), 4_096)) {
            assertTrue(second.isEnded());
            first.send(word(1, 1));
            assertEquals(1, first.answers(1).size());
            assertFalse(listener.connections() > 2);
        }
    }

    @Test
    void whoDoesNotOpenTheWebSocketIsClosed() throws Exception {
        listen(TickListenerOptions.STANDARD.withPatience(SHORT, LONG, LONG));
        try (TickClient client = new TickClient(listener.address(), 4_096)) {
            assertTrue(client.isEnded());
        }
    }

    @Test
    void whoIsSilentIsPingedAndThenClosed() throws Exception {
        listen(TickListenerOptions.STANDARD.withPatience(LONG, SHORT, LONG));
        try (TickClient client = connect()) {
            assertEquals(0x89, client.readFrame().first());
            assertTrue(client.isEnded());
        }
    }

    @Test
    void whoDoesNotReadAnswersIsNotReadFromAndThenClosed() throws Exception {
        listen(TickListenerOptions.STANDARD.withConnectionRate(1_000_000, 1_000_000).withPatience(LONG, LONG, SHORT));
        List<byte[]> stale = new ArrayList<>();
        for (int i = 0; i < TickFrames.WORDS_PER_MESSAGE_MAX; i++) {
            stale.add(TickClient.word(1, 0, Bytes.wrap(new byte[32])));
        }
        byte[] message = TickClient.joined(stale);
        try (TickClient client = new TickClient(listener.address(), 4_096)) {
            client.upgrade();
            assertThrows(SocketException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    client.send(message);
                }
            });
        }
    }
}
