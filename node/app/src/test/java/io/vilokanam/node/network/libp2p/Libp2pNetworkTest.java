package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationSender.Sent;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.address.AnyAddress;
import io.vilokanam.node.network.address.LayerKind;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.TestNode.Told;
import io.vilokanam.node.network.libp2p.stock.StockProcess;
import io.vilokanam.node.network.peerset.PeerSet;
import io.vilokanam.scale.Bytes;

/** Networks on loopback with one another. */
class Libp2pNetworkTest {

    private static final long WAIT_SECONDS = 20;

    private final BlockingQueue<AutoCloseable> nodes = new LinkedBlockingQueue<>();
    private final BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();

    private TestNode node(int seed, RequestHandler handler, UnaryOperator<NetworkConfig> change) throws Exception {
        TestNode node = new TestNode(seed, handler, change);
        nodes.add(node);
        return node;
    }

    private TestNode node(int seed) throws Exception {
        return node(seed, RequestHandler.REFUSES_ALL, config -> config);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable node : nodes) {
            if (node instanceof TestNode test) {
                assertNull(test.faults.poll());
            }
            node.close();
        }
    }

    private static void connect(TestNode from, TestNode to) {
        from.network.reserve(to.id(), List.of(to.address()));
    }

    /** As nodes listen unless told otherwise: by IPv4 and IPv6, at all addresses of the machine. */
    @Test
    void whoListensAnywhereTellsOthersWhereThatIs() throws Exception {
        int port = StockProcess.freePort();
        List<Multiaddr> anywhere = List.of(Multiaddr.parse("/ip4/0.0.0.0/tcp/" + port),
                Multiaddr.parse("/ip6/::/tcp/" + port));
        TestNode one = node(1, RequestHandler.REFUSES_ALL, config -> LoopbackConfig.withListening(config, anywhere));
        List<Multiaddr> places = one.network.listenAddresses();
        assertTrue(places.contains(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port)), places::toString);
        assertEquals(List.of(), places.stream().filter(AnyAddress::isAny).toList());
        TestNode two = node(2);
        TestNode three = node(3, RequestHandler.REFUSES_ALL,
                config -> LoopbackConfig.withBootnodes(config, List.of(two.address())));
        two.network.reserve(one.id(), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port)));
        Set<Object> met = Set.of(TestNode.await(three.leading, Told.Opened.class).peer(),
                TestNode.await(three.leading, Told.Opened.class).peer());
        assertEquals(Set.<Object>of(one.id(), two.id()), met);
    }

    @Test
    void linksOpenInBothDirectionsAndCarryMessages() throws Exception {
        TestNode one = node(1);
        TestNode two = node(2);
        two.handshake = Bytes.ascii("here is two");
        connect(one, two);
        assertEquals(new Told.Opened(two.id(), two.handshake, Direction.OUTBOUND),
                TestNode.await(one.leading, Told.Opened.class));
        assertEquals(new Told.Opened(one.id(), one.handshake, Direction.INBOUND),
                TestNode.await(two.leading, Told.Opened.class));
        TestNode.await(one.following, Told.Opened.class);
        TestNode.await(two.following, Told.Opened.class);
        byte[] large = new byte[TestNode.MESSAGE_MAX];
        new Random(1).nextBytes(large);
        assertEquals(Sent.QUEUED, one.announce.send(two.id(), Bytes.ascii("first")));
        assertEquals(Sent.QUEUED, one.announce.send(two.id(), Bytes.wrap(large)));
        assertEquals(Sent.QUEUED, two.gossip.send(one.id(), Bytes.ascii("back")));
        assertEquals(Bytes.ascii("first"), TestNode.await(two.leading, Told.Received.class).message());
        assertEquals(Bytes.wrap(large), TestNode.await(two.leading, Told.Received.class).message());
        assertEquals(Bytes.ascii("back"), TestNode.await(one.following, Told.Received.class).message());
        assertEquals(Set.of(two.id()), one.announce.peers());
        assertEquals(Set.of(two.id()), one.network.reserved());
        assertEquals(Sent.WRONG_SIZE, one.announce.send(two.id(), Bytes.EMPTY));
        assertEquals(Sent.WRONG_SIZE, one.announce.send(two.id(), Bytes.wrap(new byte[TestNode.MESSAGE_MAX + 1])));
        assertEquals(Sent.NOT_OPEN, one.announce.send(one.id(), Bytes.ascii("x")));
        assertTrue(one.network.traffic().sent() > TestNode.MESSAGE_MAX);
        assertTrue(two.network.traffic().received() > TestNode.MESSAGE_MAX);
        assertEquals(1, two.network.traffic().connectionsIncoming());
        assertEquals(0, one.network.traffic().connectionsIncoming());
    }

    @Test
    void theSameWorksOverAWebSocket() throws Exception {
        TestNode one = node(1);
        TestNode two = node(2);
        Multiaddr webSocket = two.address().withoutPeer().with(LayerKind.WS, Bytes.EMPTY);
        one.network.reserve(two.id(), List.of(webSocket));
        TestNode.await(one.following, Told.Opened.class);
        byte[] large = new byte[TestNode.MESSAGE_MAX];
        one.gossip.send(two.id(), Bytes.wrap(large));
        TestNode.await(two.following, Told.Opened.class);
        assertEquals(large.length, TestNode.await(two.following, Told.Received.class).message().size());
    }

    @Test
    void closingIsToldToBothAndAReservedPeerComesBack() throws Exception {
        TestNode one = node(1);
        TestNode two = node(2);
        connect(one, two);
        TestNode.await(one.following, Told.Opened.class);
        TestNode.await(two.following, Told.Opened.class);
        TestNode.await(one.leading, Told.Opened.class);
        TestNode.await(two.leading, Told.Opened.class);
        two.announce.close(one.id());
        TestNode.await(one.leading, Told.Closed.class);
        TestNode.await(two.leading, Told.Closed.class);
        TestNode.await(one.following, Told.Closed.class);
        TestNode.await(two.following, Told.Closed.class);
        TestNode.await(one.leading, Told.Opened.class);
        TestNode.await(two.leading, Told.Opened.class);
    }

    @Test
    void whoIsOfAnotherChainIsRefusedAndBanned() throws Exception {
        TestNode one = node(1);
        TestNode two = node(2);
        one.handshake = Bytes.ascii("wrong");
        connect(one, two);
        // The one who comes from elsewhere is cut off and may not come back; nobody is told of a link.
        assertNull(one.leading.poll(3, TimeUnit.SECONDS));
        assertNull(two.leading.poll());
        one.handshake = Bytes.ascii("right again");
        assertNull(two.leading.poll(8, TimeUnit.SECONDS));
    }

    @Test
    void requestsAreAnsweredWhateverTheirSize() throws Exception {
        byte[] large = new byte[8 << 20];
        new Random(2).nextBytes(large);
        TestNode one = node(1);
        TestNode two = node(2, (_, request) -> switch (request.size()) {
            case 0 -> Optional.of(Bytes.EMPTY);
            case 1 -> Optional.empty();
            case 2 -> Optional.of(Bytes.wrap(new byte[(8 << 20) + 1]));
            default -> Optional.of(Bytes.wrap(large));
        }, config -> config);
        connect(one, two);
        TestNode.await(one.leading, Told.Opened.class);
        assertEquals(new RequestOutcome.Answered(Bytes.EMPTY), ask(one, two, 0));
        assertEquals(new RequestOutcome.Failed(RequestOutcome.Failure.REFUSED), ask(one, two, 1));
        assertEquals(new RequestOutcome.Failed(RequestOutcome.Failure.REFUSED), ask(one, two, 2));
        assertEquals(new RequestOutcome.Answered(Bytes.wrap(large)), ask(one, two, 3));
        assertEquals(new RequestOutcome.Failed(RequestOutcome.Failure.NOT_SENT), ask(one, two, 2_000));
        one.ask.send(one.id(), Bytes.EMPTY, outcomes::add);
        assertEquals(new RequestOutcome.Failed(RequestOutcome.Failure.NOT_CONNECTED),
                outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    private RequestOutcome ask(TestNode from, TestNode to, int size) throws InterruptedException {
        from.ask.send(to.id(), Bytes.wrap(new byte[size]), outcomes::add);
        return outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void whoAsksTooMuchAtATimeIsRefusedAndTheRestIsAnswered() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TestNode one = node(1);
        TestNode two = node(2, (_, _) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(Bytes.EMPTY);
        }, config -> config);
        connect(one, two);
        TestNode.await(one.leading, Told.Opened.class);
        for (int i = 0; i < 12; i++) {
            one.ask.send(two.id(), Bytes.EMPTY, outcomes::add);
        }
        for (int i = 0; i < 8; i++) {
            assertEquals(new RequestOutcome.Failed(RequestOutcome.Failure.REFUSED),
                    outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        }
        release.countDown();
        for (int i = 0; i < 4; i++) {
            assertEquals(new RequestOutcome.Answered(Bytes.EMPTY), outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void peersAreFoundThroughABootnode() throws Exception {
        TestNode boot = node(1);
        TestNode two = node(2, RequestHandler.REFUSES_ALL,
                config -> LoopbackConfig.withBootnodes(config, List.of(boot.address())));
        TestNode.await(two.leading, Told.Opened.class);
        TestNode three = node(3, RequestHandler.REFUSES_ALL,
                config -> LoopbackConfig.withBootnodes(config, List.of(boot.address())));
        Set<Object> met = new HashSet<>();
        met.add(TestNode.await(three.leading, Told.Opened.class).peer());
        met.add(TestNode.await(three.leading, Told.Opened.class).peer());
        assertEquals(Set.of(boot.id(), two.id()), met);
    }

    @Test
    void whoComesWhenAllSlotsAreTakenIsRefused() throws Exception {
        TestNode full = node(1, RequestHandler.REFUSES_ALL,
                config -> withSlots(config, new PeerSet.Config(0, 1, 0, false)));
        TestNode two = node(2, RequestHandler.REFUSES_ALL,
                config -> withSlots(config, new PeerSet.Config(0, 0, 0, false)));
        TestNode three = node(3, RequestHandler.REFUSES_ALL,
                config -> withSlots(config, new PeerSet.Config(0, 0, 0, false)));
        connect(two, full);
        TestNode.await(two.leading, Told.Opened.class);
        connect(three, full);
        assertNull(three.leading.poll(3, TimeUnit.SECONDS));
        assertEquals(Set.of(two.id()), full.announce.peers());
    }

    private static NetworkConfig withSlots(NetworkConfig config, PeerSet.Config slots) {
        return new NetworkConfig(config.identity(), config.platform(), config.listen(), config.announced(),
                config.bootnodes(),
                config.reserved(), slots, config.kademlia(), config.agent(), true, config.connections(),
                config.streams());
    }

    @Test
    void aFloodOfMessagesArrivesWholeAndInOrder() throws Exception {
        TestNode one = node(1);
        TestNode two = node(2);
        connect(one, two);
        TestNode.await(one.leading, Told.Opened.class);
        int sent = 0;
        Sent last = Sent.QUEUED;
        while (last == Sent.QUEUED && sent < 100) {
            last = one.announce.send(two.id(), numbered(sent));
            sent += last == Sent.QUEUED ? 1 : 0;
        }
        TestNode.await(two.leading, Told.Opened.class);
        for (int i = 0; i < sent; i++) {
            assertEquals(numbered(i), TestNode.await(two.leading, Told.Received.class).message());
        }
        assertTrue(sent > 50);
    }

    private static Bytes numbered(int number) {
        byte[] message = new byte[64 << 10];
        message[0] = (byte) number;
        return Bytes.wrap(message);
    }
}
