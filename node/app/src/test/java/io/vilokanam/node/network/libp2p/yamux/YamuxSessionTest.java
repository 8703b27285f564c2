package io.vilokanam.node.network.libp2p.yamux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class YamuxSessionTest {

    private static final YamuxLimits LIMITS = new YamuxLimits(3, 3, 1 << 20, 1 << 10);

    /** A side of a connection whose frames are kept until they are passed on. */
    private static final class Side implements YamuxSession.Wire {

        final ByteQueue out = new ByteQueue();
        final List<String> headers = new ArrayList<>();
        final List<YamuxStream> accepted = new ArrayList<>();
        final YamuxSession session;
        boolean isWritable = true;

        Side(boolean isDialer) {
            session = new YamuxSession(isDialer, LIMITS, this, accepted::add);
        }

        @Override
        public void write(byte[] frame) {
            out.add(frame, 0, frame.length);
            headers.add(Bytes.hex(frame).substring(2, 26));
        }

        @Override
        public boolean isWritable() {
            return isWritable;
        }

        @Override
        public long pendingBytes() {
            return out.size();
        }

        void receive(String hex) throws YamuxException {
            session.receive(ByteQueue.of(Bytes.fromHex(hex).toArray()));
        }
    }

    private final Side dialer = new Side(true);
    private final Side listener = new Side(false);
    private final ByteQueue listenerIn = new ByteQueue();

    private void passAll() throws YamuxException {
        while (!dialer.out.isEmpty() || !listener.out.isEmpty()) {
            listener.session.receive(ByteQueue.of(dialer.out.takeAll()));
            dialer.session.receive(ByteQueue.of(listener.out.takeAll()));
        }
    }

    @Test
    void aStreamIsOpenedAcknowledgedOnceAndClosedFromBothSides() throws YamuxException {
        YamuxStream stream = dialer.session.open().orElseThrow();
        stream.write(new byte[]{1, 2});
        passAll();
        YamuxStream other = listener.accepted.getFirst();
        assertEquals("0x0102", Bytes.hex(other.unread().takeAll()));
        other.write(new byte[]{3});
        stream.close();
        passAll();
        assertEquals(YamuxStream.Remote.FINISHED, other.remote());
        assertEquals(YamuxStream.Remote.OPEN, stream.remote());
        other.close();
        passAll();
        assertEquals("0x03", Bytes.hex(stream.unread().takeAll()));
        assertEquals(YamuxStream.Remote.FINISHED, stream.remote());
        assertEquals(0, dialer.session.streamCount());
        assertEquals(0, listener.session.streamCount());
        assertEquals(List.of("000100010000000100000000", "000000000000000100000002", "000000040000000100000000"),
                dialer.headers);
        assertEquals(List.of("000100020000000100000000", "000000000000000100000001", "000000040000000100000000"),
                listener.headers);
    }

    @Test
    void pingsAreAnsweredOnceWithTheirValue() throws YamuxException {
        listener.receive("000200010000000000000007");
        assertEquals(List.of("000200020000000000000007"), listener.headers);
        dialer.session.ping();
        dialer.session.ping();
        assertTrue(dialer.session.isAwaitingPong());
        passAllTo(listener, dialer);
        assertEquals(List.of("000200010000000000000000"), dialer.headers);
    }

    private void passAllTo(Side second, Side first) throws YamuxException {
        second.out.clear();
        second.session.receive(ByteQueue.of(first.out.takeAll()));
        first.session.receive(ByteQueue.of(second.out.takeAll()));
        assertFalse(first.session.isAwaitingPong());
    }

    @Test
    void writingStopsAtTheWindowUntilTheReaderReads() throws YamuxException {
        YamuxStream stream = dialer.session.open().orElseThrow();
        byte[] much = new byte[YamuxStream.WINDOW * 2];
        new Random(1).nextBytes(much);
        stream.write(much);
        stream.close();
        passAll();
        YamuxStream other = listener.accepted.getFirst();
        assertEquals(YamuxStream.WINDOW, other.unread().size());
        assertEquals(YamuxStream.WINDOW, stream.unsentBytes());
        ByteQueue read = new ByteQueue();
        while (other.remote() == YamuxStream.Remote.OPEN) {
            other.unread().moveTo(read, other.unread().size());
            other.credit();
            passAll();
        }
        other.unread().moveTo(read, other.unread().size());
        assertArrayEquals(much, read.takeAll());
    }

    @Test
    void streamsTakeTurns() {
        YamuxStream first = dialer.session.open().orElseThrow();
        YamuxStream second = dialer.session.open().orElseThrow();
        dialer.isWritable = false;
        first.write(new byte[40_000]);
        second.write(new byte[40_000]);
        dialer.headers.clear();
        dialer.isWritable = true;
        dialer.session.flush();
        List<String> turns = dialer.headers.stream().map(header -> header.substring(8, 16)).toList();
        assertEquals(List.of("00000001", "00000003", "00000001", "00000003", "00000001", "00000003"), turns);
    }

    @Test
    void dataBeforeAResetCanBeRead() throws YamuxException {
        YamuxStream stream = dialer.session.open().orElseThrow();
        dialer.receive("000100020000000100000000" + "000000000000000100000002" + "abcd" + "000000080000000100000000");
        assertEquals(YamuxStream.Remote.RESET, stream.remote());
        assertEquals("0xabcd", Bytes.hex(stream.unread().takeAll()));
        dialer.receive("000000000000000100000001" + "ff");
        assertTrue(stream.unread().isEmpty());
        assertEquals(0, dialer.session.streamCount());
    }

    @Test
    void streamsBeyondTheLimitAreResetAndNothingElse() throws YamuxException {
        for (int id = 1; id <= 7; id += 2) {
            listener.receive("0001000100000000".substring(0, 8) + "0000000" + id + "00000000");
        }
        assertEquals(3, listener.accepted.size());
        assertEquals("000000080000000700000000", listener.headers.getLast());
        for (int i = 0; i < 3; i++) {
            assertTrue(dialer.session.open().isPresent());
        }
        assertEquals(Optional.empty(), dialer.session.open());
    }

    /** As smoldot does. */
    @Test
    void whoOpensMoreStreamsThanThereMayBeAgainAndAgainIsCutOff() throws YamuxException {
        for (int id = 1; id < 2 * (3 + 1_024); id += 2) {
            listener.session.receive(ByteQueue.of(Frame.header(Frame.WINDOW_UPDATE, Frame.SYN, id, 0)));
        }
        assertEquals(3, listener.session.streamCount());
        assertThrows(YamuxException.class, () -> listener.session
                .receive(ByteQueue.of(Frame.header(Frame.WINDOW_UPDATE, Frame.SYN, 2 * (3 + 1_024) + 1, 0))));
    }

    @Test
    void streamsMayBeOpenedInAnotherOrderThanThatOfTheirNumbers() throws YamuxException {
        listener.receive("000100010000000500000000" + "000100010000000100000000" + "000100010000000300000000");
        assertEquals(List.of(5, 1, 3), listener.accepted.stream().map(YamuxStream::id).toList());
    }

    @Test
    void breakingTheRulesEndsTheConnection() {
        for (String wrong : new String[]{
                "010000000000000100000000", // version
                "000400000000000100000000", // type
                "000100010000000200000000", // number of our own parity
                "000000000000000000000001", // data of the session
                "000100010000000100000000" + "000100010000000100000000", // opened twice
                "000100010000000100000000" + "000000000000000100040001", // beyond the window
                "000100010000000100000000" + "000000040000000100000000" + "000000000000000100000001", // after its end
                "000100010000000100000000" + "00010000000000017fffffff", // window of more than 2^31
                "000200020000000000000000", // pong without a ping
                "00000000000000ff7fffffff" // much for nobody
        }) {
            Side side = new Side(false);
            assertThrows(YamuxException.class, () -> side.receive(wrong), wrong);
            assertEquals("000300000000000000000001", side.headers.getLast());
        }
    }

    @Test
    void whoDoesNotTakeAnswersIsCutOff() {
        listener.isWritable = false;
        assertThrows(YamuxException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                listener.receive("000200010000000000000007");
            }
        });
        assertTrue(listener.out.size() < 200_000);
    }

    @Test
    void bytesThatNobodyReadsAreLimitedOverAllStreams() {
        YamuxSession session = new YamuxSession(false, new YamuxLimits(9, 9, 300_000, 1_000), new Side(false), _ -> {});
        assertThrows(YamuxException.class, () -> {
            for (int id = 1; id <= 3; id += 2) {
                session.receive(ByteQueue.of(Frame.header(Frame.WINDOW_UPDATE, Frame.SYN, id, 0)));
                session.receive(ByteQueue.of(Frame.data(0, id, new byte[200_000], 0, 200_000)));
            }
        });
    }

    @Test
    void goingAwayResetsAllStreams() throws YamuxException {
        YamuxStream stream = dialer.session.open().orElseThrow();
        List<YamuxStream.Remote> told = new ArrayList<>();
        stream.listen(changed -> told.add(changed.remote()));
        dialer.receive("000300000000000000000000");
        assertTrue(dialer.session.hasLeft());
        dialer.session.end();
        assertEquals(List.of(YamuxStream.Remote.RESET), told);
    }

    @SeededTest(runs = 200)
    void anyBytesAreTakenOrRefused(long seed) {
        Random random = new Random(seed);
        Side side = new Side(false);
        ByteQueue in = new ByteQueue();
        for (int i = 0; i < 50; i++) {
            byte[] frame = Frame.header((byte) random.nextInt(4), random.nextInt(16), random.nextInt(6),
                    random.nextInt(40));
            in.add(frame, 0, frame.length);
            in.add(new byte[40], 0, random.nextInt(40));
        }
        try {
            side.session.receive(in);
            assertTrue(side.session.hasLeft() || in.size() < 12);
        } catch (YamuxException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }

    @SeededTest(runs = 30)
    void whatIsWrittenArrivesHoweverItIsCut(long seed) throws YamuxException {
        Random random = new Random(seed);
        List<YamuxStream> streams = List.of(dialer.session.open().orElseThrow(), dialer.session.open().orElseThrow());
        List<ByteQueue> expected = List.of(new ByteQueue(), new ByteQueue());
        List<ByteQueue> read = List.of(new ByteQueue(), new ByteQueue());
        ByteQueue wire = new ByteQueue();
        for (int round = 0; round < 400; round++) {
            int which = random.nextInt(2);
            if (round < 100) {
                byte[] chunk = new byte[random.nextInt(20_000)];
                random.nextBytes(chunk);
                streams.get(which).write(chunk);
                expected.get(which).add(chunk, 0, chunk.length);
            }
            dialer.isWritable = round > 150 || random.nextBoolean();
            dialer.session.flush();
            dialer.out.moveTo(wire, dialer.out.size());
            ByteQueue part = new ByteQueue();
            wire.moveTo(part, round > 200 ? wire.size() : random.nextInt(wire.size() + 1));
            part.moveTo(listenerIn, part.size());
            listener.session.receive(listenerIn);
            for (int i = 0; i < listener.accepted.size(); i++) {
                YamuxStream stream = listener.accepted.get(i);
                stream.unread().moveTo(read.get(i), stream.unread().size());
                stream.credit();
            }
            dialer.session.receive(ByteQueue.of(listener.out.takeAll()));
        }
        assertArrayEquals(expected.get(0).takeAll(), read.get(0).takeAll());
        assertArrayEquals(expected.get(1).takeAll(), read.get(1).takeAll());
    }

    /** How many bytes get from a dialer to a listener that reads all of them and whose answers are not passed on any more. */
    private static int inFlight(YamuxLimits limits, int megabytesBefore) throws YamuxException {
        ByteQueue toListener = new ByteQueue();
        ByteQueue toDialer = new ByteQueue();
        List<YamuxStream> accepted = new ArrayList<>();
        YamuxSession listener = new YamuxSession(false, limits, wire(toDialer), accepted::add);
        YamuxSession dialer = new YamuxSession(true, limits, wire(toListener), _ -> {});
        YamuxStream stream = dialer.open().orElseThrow();
        listener.receive(ByteQueue.of(toListener.takeAll()));
        accepted.getFirst().listen(some -> some.unread().clear());
        for (int i = 0; i < megabytesBefore; i++) {
            stream.write(new byte[1 << 20]);
            while (stream.unsentBytes() > 0) {
                listener.receive(ByteQueue.of(toListener.takeAll()));
                dialer.receive(ByteQueue.of(toDialer.takeAll()));
            }
        }
        listener.receive(ByteQueue.of(toListener.takeAll()));
        dialer.receive(ByteQueue.of(toDialer.takeAll()));
        long queued = 4 << 20;
        stream.write(new byte[(int) queued]);
        return (int) (queued - stream.unsentBytes());
    }

    private static YamuxSession.Wire wire(ByteQueue out) {
        return new YamuxSession.Wire() {
            @Override
            public void write(byte[] frame) {
                out.add(frame, 0, frame.length);
            }

            @Override
            public boolean isWritable() {
                return true;
            }

            @Override
            public long pendingBytes() {
                return out.size();
            }
        };
    }

    @Test
    void theWindowOfAStreamThatCarriesMuchGrowsWithinItsLimit() throws YamuxException {
        assertEquals(YamuxStream.WINDOW, inFlight(YamuxLimits.DEFAULT, 0));
        int grown = inFlight(YamuxLimits.DEFAULT, 16);
        assertTrue(grown > YamuxStream.WINDOW_MAX / 2 && grown <= YamuxStream.WINDOW_MAX, "" + grown);
        int tight = inFlight(new YamuxLimits(9, 9, 1 << 20, 1 << 10, 100_000), 16);
        assertTrue(tight <= YamuxStream.WINDOW + 100_000, "" + tight);
        assertTrue(inFlight(LIMITS, 16) <= YamuxStream.WINDOW);
    }
}
