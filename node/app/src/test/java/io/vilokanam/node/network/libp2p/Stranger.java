package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.AnnounceHandshake;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** A peer of one node, that speaks libp2p well; what it says over it is the test's. */
public final class Stranger implements NotificationListener, AutoCloseable {

    private static final int REQUEST_BYTES_MAX = 2 << 20;
    private static final int RESPONSE_BYTES_MAX = 16 << 20;

    private final PeerId node;
    private final String prefix;
    private final Duration patience;
    private final Bytes handshake;
    private final Libp2pNetwork network;
    private final NotificationSender announce;
    private final RequestSender sync;
    private final RequestSender state;
    private final RequestSender light;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Queue<Bytes> received = new ConcurrentLinkedQueue<>();

    /**
     * Begins to look for the node.
     *
     * @param address of the node, with its id
     * @param prefix what the names of the chain's protocols begin with
     * @param chain the genesis block that it names in its handshake
     * @param patience how long it waits for anything
     */
    public Stranger(int seed, Multiaddr address, String prefix, Hash chain, Duration patience,
            Collection<Throwable> faults) throws Exception {
        this.node = address.peer().orElseThrow();
        this.prefix = prefix;
        this.patience = patience;
        handshake = new AnnounceHandshake(Roles.FULL, new BlockRef(chain, 0), chain).encode();
        network = new Libp2pNetwork(LoopbackConfig.of(seed, prefix, faults));
        announce = network.register(
                NotificationProtocol.leading(ProtocolNames.of(prefix + "/block-announces/1"), 1024, 1 << 20), this);
        sync = requests("sync/2");
        state = requests("state/2");
        light = requests("light/2");
        network.start();
        network.reserve(node, List.of(address));
    }

    private RequestSender requests(String protocol) {
        return network.register(new RequestProtocol(ProtocolNames.of(prefix + "/" + protocol), REQUEST_BYTES_MAX,
                RESPONSE_BYTES_MAX, patience.dividedBy(2), 4), RequestHandler.REFUSES_ALL);
    }

    public PeerId id() {
        return network.localPeer();
    }

    public RequestSender sync() {
        return sync;
    }

    public RequestSender state() {
        return state;
    }

    public RequestSender light() {
        return light;
    }

    /** Says something where blocks are announced. */
    public void announce(Bytes message) {
        announce.send(node, message);
    }

    /** Asks and waits for what comes of it. */
    public RequestOutcome ask(RequestSender sender, Bytes request) throws InterruptedException {
        BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
        sender.send(node, request, outcomes::add);
        RequestOutcome outcome = outcomes.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        assertNotNull(outcome, "no outcome of a request");
        return outcome;
    }

    /** The next thing that becomes of the link with the node is that it opened. */
    public void awaitOpened() throws InterruptedException {
        await("opened");
    }

    /** The next thing that becomes of the link with the node is that it closed. */
    public void awaitClosed() throws InterruptedException {
        await("closed");
    }

    private void await(String expected) throws InterruptedException {
        assertEquals(expected, told.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What the node announced. */
    public List<Bytes> received() {
        return List.copyOf(received);
    }

    @Override
    public Bytes handshake(PeerId peer) {
        return handshake;
    }

    @Override
    public Verdict judge(PeerId peer, Bytes other, Direction direction) {
        // Through the node strangers hear of one another.
        return peer.equals(node) ? new Verdict.Accept(Slots.FULL)
                : new Verdict.Refuse(new ReputationChange(0, "not the node"));
    }

    @Override
    public void opened(PeerId peer, Bytes other, Direction direction) {
        told.add("opened");
    }

    @Override
    public void received(PeerId peer, Bytes message) {
        received.add(message);
    }

    @Override
    public void closed(PeerId peer) {
        told.add("closed");
    }

    @Override
    public void close() {
        network.close();
    }
}
