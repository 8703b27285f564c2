package io.vilokanam.benchmarks;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.ListenException;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.AnnounceHandshake;
import io.vilokanam.node.network.announce.BlockAnnounce;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.libp2p.Libp2pNetwork;
import io.vilokanam.node.network.libp2p.NetworkConfig;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.peerset.PeerSet;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * Many peers of one node, all in this process: full nodes that stand at genesis, have links for announcements, transactions and
 * votes, hear all that the node says and say nothing.
 */
final class PeerCrowd implements AutoCloseable {

    private static final int MESSAGE_BYTES_MAX = 1 << 20;

    private final List<Network> networks = new ArrayList<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    private PeerCrowd() {}

    /** Answers when all are peers. {@code address}: of the node, with its id. */
    static PeerCrowd of(int peers, Multiaddr address, Hash genesis, Duration patience)
            throws IOException, InterruptedException {
        PeerCrowd crowd = new PeerCrowd();
        CountDownLatch opened = new CountDownLatch(peers);
        try {
            for (int i = 0; i < peers; i++) {
                crowd.networks.add(crowd.start(i, address, genesis, opened));
            }
            if (!opened.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        opened.getCount() + " of " + peers + " peers were not let in; faults: " + crowd.faults);
            }
        } catch (ListenException | AddressException e) {
            crowd.close();
            throw new IOException("a peer cannot start", e);
        } catch (IOException | InterruptedException e) {
            crowd.close();
            throw e;
        }
        return crowd;
    }

    private Network start(int number, Multiaddr address, Hash genesis, CountDownLatch opened)
            throws ListenException, AddressException {
        String prefix = "/" + genesis.hex().substring(2);
        Network network = new Libp2pNetwork(new NetworkConfig(Ed25519KeyPair.fromSeed(Inputs.bytes(32, number)),
                new NetworkConfig.Platform(() -> System.nanoTime() / 1_000_000, new SecureRandom(),
                        (_, cause) -> faults.add(cause)),
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), List.of(), List.of(),
                PeerSet.Config.DEFAULT, ProtocolNames.of(prefix + "/kad"), "peer/" + number, true, SwarmLimits.DEFAULT,
                YamuxLimits.DEFAULT));
        Bytes announce = new AnnounceHandshake(Roles.FULL, new BlockRef(genesis, 0), genesis).encode();
        network.register(NotificationProtocol.leading(ProtocolNames.of(prefix + "/block-announces/1"),
                AnnounceHandshake.BYTES, BlockAnnounce.BYTES_MAX), new Ear(announce, opened));
        for (String name : List.of("/transactions/1", "/grandpa/1")) {
            network.register(NotificationProtocol.following(ProtocolNames.of(prefix + name), AnnounceHandshake.BYTES,
                    MESSAGE_BYTES_MAX), new Ear(Roles.FULL.handshake(), new CountDownLatch(0)));
        }
        network.start();
        network.reserve(address.peer().orElseThrow(), List.of(address));
        return network;
    }

    int size() {
        return networks.size();
    }

    @Override
    public void close() {
        networks.forEach(Network::close);
    }

    /** Lets everybody in and listens. */
    private record Ear(Bytes said, CountDownLatch opened) implements NotificationListener {

        @Override
        public Bytes handshake(PeerId peer) {
            return said;
        }

        @Override
        public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
            return new Verdict.Accept(Slots.FULL);
        }

        @Override
        public void opened(PeerId peer, Bytes handshake, Direction direction) {
            opened.countDown();
        }

        @Override
        public void received(PeerId peer, Bytes message) {
            // It is heard, and that is all.
        }

        @Override
        public void closed(PeerId peer) {
            // The network dials again.
        }
    }
}
