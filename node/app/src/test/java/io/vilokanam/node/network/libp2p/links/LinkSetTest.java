package io.vilokanam.node.network.libp2p.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender.Sent;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.swarm.MemoryPair;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/** A peer that does as the test says. */
class LinkSetTest {

    private static final String NAME = "/talk/1";
    private static final int MESSAGE_MAX = 400_000;
    private static final NotificationProtocol PROTOCOL = new NotificationProtocol(ProtocolNames.of(NAME),
            NotificationProtocol.Role.LEADING, 100, MESSAGE_MAX, 10_000);

    private final MemoryPair pair = new MemoryPair();
    private final Queue<Runnable> toTell = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> gated = new ArrayList<>();
    private boolean isAdmitting = true;
    private final LinkSet links = new LinkSet(PROTOCOL, new Listener(), pair.swarm, pair.loop, toTell::add,
            new OpenGate());

    @BeforeEach
    void connect() {
        pair.swarm.speak(links);
        pair.connect();
    }

    private void tellAll() {
        while (!toTell.isEmpty()) {
            toTell.remove().run();
            pair.loop.run();
        }
    }

    private static byte[] framed(String text) {
        return Varint.framed(Bytes.ascii(text).view());
    }

    /** The peer's stream, with its handshake said. */
    private YamuxStream peerOpens() {
        YamuxStream stream = pair.open(NAME);
        stream.write(framed("peer"));
        pair.loop.run();
        return stream;
    }

    /** The node's stream to the peer, with the peer's answer said. */
    private YamuxStream peerAnswers() {
        YamuxStream stream = pair.accepted.getLast();
        assertEquals(Bytes.hex(framed("node")), Bytes.hex(stream.unread().takeAll()));
        stream.write(framed("peer"));
        pair.loop.run();
        return stream;
    }

    private YamuxStream whole() {
        YamuxStream inbound = peerOpens();
        peerAnswers();
        tellAll();
        assertEquals(List.of("opened INBOUND peer"), told);
        told.clear();
        return inbound;
    }

    @Test
    void whoOpensIsAnsweredAndTheOtherDirectionOpenedAtOnce() {
        YamuxStream inbound = peerOpens();
        assertEquals(Bytes.hex(framed("node")), Bytes.hex(inbound.unread().takeAll()));
        assertEquals(List.of("opened", NAME), pair.protocols);
        assertFalse(links.isOpen(pair.peer));
        assertTrue(links.isAdmitted(pair.peer));
        peerAnswers();
        assertTrue(links.isOpen(pair.peer));
        tellAll();
        assertEquals(List.of("opened INBOUND peer"), told);
        assertEquals(List.of("opened"), gated);
    }

    @Test
    void messagesThatArriveBeforeTheLinkIsWholeAreKept() {
        YamuxStream inbound = peerOpens();
        inbound.write(framed("early"));
        pair.loop.run();
        peerAnswers();
        tellAll();
        assertEquals(List.of("opened INBOUND peer", "received 5"), told);
    }

    @Test
    void theOneWhoIsOpenedToMayOpenTooAtTheSameTime() {
        links.open(pair.peer);
        pair.loop.run();
        YamuxStream inbound = peerOpens();
        peerAnswers();
        tellAll();
        assertEquals(List.of("opened OUTBOUND peer"), told);
        assertEquals(Bytes.hex(framed("node")), Bytes.hex(inbound.unread().takeAll()));
    }

    @Test
    void aLinkThatDoesNotComeAboutInTenSecondsFails() {
        links.open(pair.peer);
        pair.loop.run();
        peerAnswers();
        pair.pass(Duration.ofMillis(9_999));
        assertEquals(List.of(), gated);
        pair.pass(Duration.ofMillis(1));
        assertEquals(List.of("closed FAILED"), gated);
        assertEquals(YamuxStream.Remote.RESET, pair.accepted.getLast().remote());
        tellAll();
        assertEquals(List.of(), told);
    }

    @Test
    void aRefusalIsAFailure() {
        links.open(pair.peer);
        pair.loop.run();
        pair.accepted.getLast().reset();
        pair.loop.run();
        assertEquals(List.of("closed FAILED"), gated);
    }

    @Test
    void whoIsNotAdmittedHearsNoHandshake() {
        isAdmitting = false;
        YamuxStream inbound = peerOpens();
        assertEquals(YamuxStream.Remote.RESET, inbound.remote());
        assertTrue(inbound.unread().isEmpty());
        assertEquals(List.of("closed REFUSED"), gated);
    }

    @Test
    void whoSaysTheWrongThingIsReported() {
        YamuxStream stream = pair.open(NAME);
        stream.write(framed("wrong"));
        pair.loop.run();
        assertEquals(List.of("report -5", "closed REFUSED"), gated);
    }

    @Test
    void aSecondStreamIsResetAndTheFirstGoesOn() {
        YamuxStream first = whole();
        YamuxStream second = pair.open(NAME);
        pair.loop.run();
        assertEquals(YamuxStream.Remote.RESET, second.remote());
        first.write(framed("still"));
        pair.loop.run();
        tellAll();
        assertEquals(List.of("received 5"), told);
    }

    @Test
    void theEndOfEitherStreamEndsTheLink() {
        YamuxStream inbound = whole();
        inbound.write(framed("last"));
        inbound.close();
        pair.loop.run();
        tellAll();
        assertEquals(List.of("received 4", "closed"), told);
        assertEquals(List.of("opened", "closed WAS_OPEN"), gated);
        assertEquals(YamuxStream.Remote.FINISHED, pair.accepted.getLast().remote());
        assertEquals(Sent.NOT_OPEN, links.send(pair.peer, Bytes.ascii("x")));

        told.clear();
        whole();
        pair.accepted.getLast().reset();
        pair.loop.run();
        tellAll();
        assertEquals(List.of("closed"), told);
    }

    @Test
    void aMessageThatIsTooLongOrBytesThatFlowBackEndTheLink() {
        YamuxStream inbound = whole();
        inbound.write(new byte[]{(byte) 0xff, (byte) 0xff, (byte) 0x7f});
        pair.loop.run();
        tellAll();
        assertEquals(List.of("closed"), told);
        told.clear();
        whole();
        pair.accepted.getLast().write(new byte[1]);
        pair.loop.run();
        tellAll();
        assertEquals(List.of("closed"), told);
    }

    @Test
    void aPeerThatIsFasterThanTheListenerIsMadeToWait() {
        YamuxStream inbound = whole();
        for (int i = 0; i < 200; i++) {
            inbound.write(Varint.framed(new byte[5_000]));
        }
        pair.loop.run();
        // Two fill the listener's share, the window holds more, the rest has not left the peer.
        assertEquals(2, toTell.size());
        assertTrue(inbound.unsentBytes() > 700_000, () -> "unsent " + inbound.unsentBytes());
        tellAll();
        assertEquals(200, told.size());
        assertEquals(0, inbound.unsentBytes());
    }

    @Test
    void aPeerThatDoesNotReadLosesItsLinkAndHoldsALimitedQueue() {
        whole();
        Sent last = Sent.QUEUED;
        int sent = 0;
        while (last == Sent.QUEUED) {
            last = links.send(pair.peer, Bytes.wrap(new byte[100_000]));
            sent++;
        }
        assertEquals(Sent.TOO_SLOW, last);
        assertTrue(sent * 100_000L <= Outbox.QUEUED_BYTES_MAX + 200_000, "sent " + sent);
        pair.loop.run();
        tellAll();
        assertEquals(List.of("closed"), told);
    }

    @Test
    void emptyMessagesAreNeitherSentNorTold() {
        YamuxStream inbound = whole();
        inbound.write(new byte[]{0, 0});
        inbound.write(framed("x"));
        pair.loop.run();
        tellAll();
        assertEquals(List.of("received 1"), told);
        assertEquals(Sent.WRONG_SIZE, links.send(pair.peer, Bytes.EMPTY));
        assertEquals(Set.of(pair.peer), links.peers());
    }

    @Test
    void theLossOfTheConnectionEndsTheLink() {
        whole();
        pair.ofPeer.close("bye");
        pair.loop.run();
        tellAll();
        assertEquals(List.of("closed"), told);
        assertEquals(List.of("opened", "closed WAS_OPEN"), gated);
    }

    private final class Listener implements NotificationListener {

        @Override
        public Bytes handshake(PeerId peer) {
            return Bytes.ascii("node");
        }

        @Override
        public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
            return handshake.equals(Bytes.ascii("peer")) ? new Verdict.Accept(Slots.FULL)
                    : new Verdict.Refuse(new ReputationChange(-5, "wrong"));
        }

        @Override
        public void opened(PeerId peer, Bytes handshake, Direction direction) {
            told.add("opened " + direction + " peer");
        }

        @Override
        public void received(PeerId peer, Bytes message) {
            told.add("received " + message.size());
        }

        @Override
        public void closed(PeerId peer) {
            told.add("closed");
        }
    }

    private final class OpenGate implements Gate {

        @Override
        public boolean isWelcome(PeerId peer) {
            return true;
        }

        @Override
        public boolean admit(PeerId peer, NotificationListener.Slots slots, Direction direction) {
            return isAdmitting;
        }

        @Override
        public void opened(PeerId peer) {
            gated.add("opened");
        }

        @Override
        public void closed(PeerId peer, End end) {
            gated.add("closed " + end);
        }

        @Override
        public void report(PeerId peer, ReputationChange change) {
            gated.add("report " + change.value());
        }
    }
}
