package io.vilokanam.node.network.libp2p.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vilokanam.node.network.ConnectedPeer;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.Libp2pNetwork;
import io.vilokanam.node.network.libp2p.LoopbackConfig;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Refchain;

/** A network of ours with a stock node that authors the dev chain. */
class StockNetworkTest {

    private static final long WAIT_SECONDS = 30;
    private static final Bytes GENESIS = Bytes.fromHex(Refchain.json("dev-chain.json").get("genesisHash").asText());
    private static final String PREFIX = "/" + GENESIS.hex().substring(2);
    private static final byte FULL_NODE = 1;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Bytes> announcements = new LinkedBlockingQueue<>();
    private final BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private Libp2pNetwork network(List<Multiaddr> bootnodes) throws Exception {
        return network(0, bootnodes);
    }

    private Libp2pNetwork network(int seed, List<Multiaddr> bootnodes) throws Exception {
        return new Libp2pNetwork(
                LoopbackConfig.withBootnodes(LoopbackConfig.of(seed, PREFIX, faults), bootnodes));
    }

    private RequestSender speak(Libp2pNetwork network) {
        byte[] handshake = new byte[69];
        handshake[0] = FULL_NODE;
        System.arraycopy(GENESIS.view(), 0, handshake, 5, 32);
        System.arraycopy(GENESIS.view(), 0, handshake, 37, 32);
        network.register(NotificationProtocol.leading(ProtocolNames.of(PREFIX + "/block-announces/1"), 1024, 1 << 20),
                new Listener("announces", Bytes.wrap(handshake)));
        Bytes role = Bytes.wrap(new byte[]{FULL_NODE});
        network.register(NotificationProtocol.following(ProtocolNames.of(PREFIX + "/transactions/1"), 1024, 16 << 20),
                new Listener("transactions", role));
        network.register(NotificationProtocol.following(ProtocolNames.of(PREFIX + "/grandpa/1"), 1024, 1 << 20),
                new Listener("grandpa", role));
        return network.register(
                new RequestProtocol(ProtocolNames.of(PREFIX + "/sync/2"), 1 << 20, 16 << 20, Duration.ofSeconds(20), 4),
                RequestHandler.REFUSES_ALL);
    }

    private void awaitTold(String... expected) throws InterruptedException {
        List<String> left = new ArrayList<>(List.of(expected));
        while (!left.isEmpty()) {
            String next = told.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(next, () -> "nothing more is told, missing " + left);
            left.remove(next);
        }
    }

    @ParameterizedTest
    @CsvSource({"libp2p, false", "litep2p, false", "litep2p, true"})
    void linksOpenBlocksAreAnnouncedAndServedWhenWeDial(String backend, boolean isWebSocket) throws Exception {
        try (StockProcess stock = StockProcess.start(folder, isWebSocket, "--chain", "dev", "--alice",
                "--force-authoring",
                "--network-backend", backend);
                Libp2pNetwork network = network(List.of(stock.address()))) {
            RequestSender sync = speak(network);
            network.start();
            awaitTold("announces opened 69", "transactions opened 1", "grandpa opened 1");
            Bytes announcement = announcements.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(announcement, stock::log);
            assertTrue(announcement.size() > 100, announcement::hex);

            Bytes request = new ProtobufWriter().varint(1, 0x13000000L).bytes(3, Bytes.fromHex("01000000"))
                    .varint(6, 64).flag(7, true)
                    .toBytes();
            sync.send(StockProcess.peer(), request, outcomes::add);
            RequestOutcome.Answered answer = assertInstanceOf(RequestOutcome.Answered.class,
                    outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS));
            ProtobufReader blocks = new ProtobufReader(answer.response().view());
            assertTrue(blocks.next());
            assertEquals(1, blocks.field());

            ConnectedPeer peer = network.peers().getFirst();
            assertEquals(StockProcess.peer(), peer.peer());
            assertTrue(peer.agent().startsWith("refchain") || peer.agent().contains("Refchain"), peer.agent());
            assertNull(faults.poll());
        }
    }

    @ParameterizedTest
    @CsvSource({"libp2p", "litep2p"})
    void linksOpenWhenTheStockNodeDials(String backend) throws Exception {
        try (Libp2pNetwork network = network(List.of())) {
            speak(network);
            network.start();
            Multiaddr own = network.listenAddresses().getFirst().withPeer(network.localPeer());
            try (StockProcess stock = StockProcess.start(folder, false, "--chain", "dev", "--alice",
                    "--force-authoring",
                    "--network-backend", backend, "--reserved-nodes", own.toString())) {
                awaitTold("announces opened 69", "transactions opened 1", "grandpa opened 1");
                assertNotNull(announcements.poll(WAIT_SECONDS, TimeUnit.SECONDS), stock::log);
                assertEquals(Direction.INBOUND, network.peers().getFirst().direction());
            }
            awaitTold("announces closed", "transactions closed", "grandpa closed");
            assertNull(faults.poll());
        }
    }

    @ParameterizedTest
    @CsvSource({"libp2p", "litep2p"})
    void twoOfOursMeetThroughAStockNode(String backend) throws Exception {
        try (StockProcess stock = StockProcess.start(folder, false, "--chain", "dev", "--network-backend", backend);
                Libp2pNetwork one = network(1, List.of(stock.address()));
                Libp2pNetwork two = network(2, List.of(stock.address()))) {
            speak(one);
            speak(two);
            one.start();
            two.start();
            // Each with the stock node, and with one another.
            awaitTold("announces opened 69", "announces opened 69", "announces opened 69", "announces opened 69");
            Set<PeerId> others = one.peers().stream().map(ConnectedPeer::peer).collect(Collectors.toSet());
            assertEquals(Set.of(StockProcess.peer(), two.localPeer()), others);
            assertNull(faults.poll());
        }
    }

    private final class Listener implements NotificationListener {

        private final String name;
        private final Bytes handshake;

        Listener(String name, Bytes handshake) {
            this.name = name;
            this.handshake = handshake;
        }

        @Override
        public Bytes handshake(PeerId peer) {
            return handshake;
        }

        @Override
        public Verdict judge(PeerId peer, Bytes received, Direction direction) {
            return new Verdict.Accept(Slots.FULL);
        }

        @Override
        public void opened(PeerId peer, Bytes received, Direction direction) {
            told.add(name + " opened " + received.size());
        }

        @Override
        public void received(PeerId peer, Bytes message) {
            if (name.equals("announces")) {
                announcements.add(message);
            }
        }

        @Override
        public void closed(PeerId peer) {
            told.add(name + " closed");
        }
    }
}
