package io.vilokanam.node.network.libp2p.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestOutcome.Failure;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.swarm.MemoryPair;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/** A peer that does as the test says. */
class RequestServiceTest {

    private static final RequestProtocol PROTOCOL = new RequestProtocol(ProtocolNames.of("/ask/1"), 100, 1 << 20,
            Duration.ofSeconds(20), 2);
    private static final Map<String, Integer> NOTHING = Map.of("served", 0, "working", 0, "waiting", 0, "asked", 0);

    private final MemoryPair pair = new MemoryPair();
    private final List<Runnable> work = new ArrayList<>();
    private final List<RequestOutcome> outcomes = new ArrayList<>();
    private Optional<Bytes> response = Optional.of(Bytes.ascii("fine"));
    private final RequestService service = new RequestService(PROTOCOL, (_, _) -> response, pair.swarm, pair.loop,
            Runnable::run,
            work::add);

    @BeforeEach
    void connect() {
        pair.swarm.speak(service);
        pair.connect();
    }

    private YamuxStream ask() {
        service.send(pair.peer, Bytes.ascii("what?"), outcomes::add);
        pair.loop.run();
        return pair.accepted.getLast();
    }

    private void assertFailed(Failure failure) {
        assertEquals(List.of(new RequestOutcome.Failed(failure)), outcomes);
        assertEquals(NOTHING, service.counts());
    }

    @Test
    void aRequestIsFramedAndItsStreamHalfClosed() {
        YamuxStream stream = ask();
        assertEquals(Bytes.hex(Varint.framed(Bytes.ascii("what?").view())), Bytes.hex(stream.unread().takeAll()));
        assertEquals(YamuxStream.Remote.FINISHED, stream.remote());
    }

    /** As litep2p ends its responses. */
    @Test
    void aResponseIsWholeAlthoughAResetFollows() {
        YamuxStream stream = ask();
        stream.write(Varint.framed(Bytes.ascii("so").view()));
        stream.reset();
        pair.loop.run();
        assertEquals(List.of(new RequestOutcome.Answered(Bytes.ascii("so"))), outcomes);
        assertEquals(NOTHING, service.counts());
    }

    @Test
    void halfAResponseIsNone() {
        YamuxStream stream = ask();
        stream.write(new byte[]{5, 1});
        stream.close();
        pair.loop.run();
        assertFailed(Failure.REFUSED);
    }

    @Test
    void aResponseThatIsTooLongIsNotWaitedFor() {
        YamuxStream stream = ask();
        stream.write(new byte[]{(byte) 0xff, (byte) 0xff, (byte) 0x7f});
        pair.loop.run();
        assertFailed(Failure.MALFORMED);
    }

    @Test
    void timeRunsOutAlthoughBytesTrickleIn() {
        YamuxStream stream = ask();
        stream.write(new byte[]{100});
        for (int i = 0; i < 19; i++) {
            pair.pass(Duration.ofSeconds(1));
            stream.write(new byte[]{1});
        }
        assertEquals(List.of(), outcomes);
        pair.pass(Duration.ofSeconds(1));
        assertFailed(Failure.TIMEOUT);
        pair.loop.run();
        assertEquals(YamuxStream.Remote.RESET, stream.remote());
    }

    @Test
    void theLossOfTheConnectionIsToldAtOnce() {
        ask();
        pair.ofPeer.close("bye");
        pair.loop.run();
        assertFailed(Failure.CONNECTION_LOST);
    }

    @Test
    void requestsOfPeersAreAnsweredWithoutWaitingForTheEndOfTheirStream() {
        YamuxStream stream = pair.open("/ask/1");
        stream.write(Varint.framed(new byte[3]));
        pair.loop.run();
        assertEquals(1, work.size());
        work.removeFirst().run();
        pair.loop.run();
        assertEquals("0x04" + Bytes.ascii("fine").hex().substring(2), Bytes.hex(stream.unread().takeAll()));
        assertEquals(YamuxStream.Remote.FINISHED, stream.remote());
        assertEquals(NOTHING, service.counts());
    }

    @Test
    void noMoreIsWorkedOnAtATimeThanIsAllowed() {
        for (int i = 0; i < RequestService.OF_PEER_MAX; i++) {
            pair.open("/ask/1").write(Varint.framed(new byte[3]));
        }
        pair.loop.run();
        assertEquals(PROTOCOL.handledMax(), work.size());
        assertEquals(2, service.counts().get("waiting"));
        YamuxStream beyond = pair.open("/ask/1");
        pair.loop.run();
        assertEquals(YamuxStream.Remote.RESET, beyond.remote());
        while (!work.isEmpty()) {
            work.removeFirst().run();
            pair.loop.run();
        }
        assertEquals(NOTHING, service.counts());
    }

    @Test
    void whoNeverFinishesARequestIsLeft() {
        YamuxStream stream = pair.open("/ask/1");
        stream.write(new byte[]{50, 1});
        pair.pass(Duration.ofSeconds(19));
        assertEquals(YamuxStream.Remote.OPEN, stream.remote());
        pair.pass(Duration.ofSeconds(1));
        assertEquals(YamuxStream.Remote.RESET, stream.remote());
        assertEquals(NOTHING, service.counts());
    }

    @Test
    void aRequestThatIsTooLongIsNotRead() {
        YamuxStream stream = pair.open("/ask/1");
        stream.write(new byte[]{101});
        pair.loop.run();
        assertEquals(YamuxStream.Remote.RESET, stream.remote());
        assertEquals(NOTHING, service.counts());
    }

    @Test
    void whoDoesNotTakeTheResponseIsLeft() {
        response = Optional.of(Bytes.wrap(new byte[1 << 20]));
        YamuxStream stream = pair.open("/ask/1");
        stream.listen(_ -> {});
        stream.write(Varint.framed(new byte[3]));
        pair.loop.run();
        work.removeFirst().run();
        pair.loop.run();
        assertTrue(stream.unread().size() <= YamuxStream.WINDOW);
        assertEquals(1, service.counts().get("served"));
        pair.pass(Duration.ofSeconds(20));
        assertEquals(NOTHING, service.counts());
        assertEquals(YamuxStream.Remote.RESET, stream.remote());
    }

    @Test
    void refusingEndsTheStreamWithoutAResponse() {
        response = Optional.empty();
        YamuxStream stream = pair.open("/ask/1");
        stream.write(Varint.framed(new byte[3]));
        pair.loop.run();
        work.removeFirst().run();
        pair.loop.run();
        assertEquals(YamuxStream.Remote.RESET, stream.remote());
        assertTrue(stream.unread().isEmpty());
        assertEquals(NOTHING, service.counts());
    }
}
