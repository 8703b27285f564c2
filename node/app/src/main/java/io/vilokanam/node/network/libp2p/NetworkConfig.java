package io.vilokanam.node.network.libp2p;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;
import io.vilokanam.node.network.libp2p.transport.TlsTrust;
import io.vilokanam.node.network.libp2p.transport.VolumeLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.peerset.PeerSet;

/**
 * What a network is made of.
 *
 * @param identity who this node is
 * @param platform clock, chance and where failures go
 * @param listen where to listen; each takes TCP and WebSockets alike
 * @param announced where others reach this node, beside what is listened on
 * @param bootnodes whom to ask first; each ends in {@code /p2p}
 * @param reserved peers outside of all slots; each ends in {@code /p2p}
 * @param kademlia the names of discovery
 * @param agent what this node calls itself, {@code implementation/version (name)}
 * @param isPrivateAllowed whether addresses of private networks are learnt from others and told
 * @param surroundings what is round about
 */
public record NetworkConfig(Ed25519KeyPair identity, Platform platform, List<Multiaddr> listen,
        List<Multiaddr> announced,
        List<Multiaddr> bootnodes, List<Multiaddr> reserved, PeerSet.Config slots, ProtocolNames kademlia, String agent,
        boolean isPrivateAllowed, SwarmLimits connections, YamuxLimits streams, Surroundings surroundings) {

    /** A network that keeps nothing on disk and looks for nobody nearby. */
    public NetworkConfig(Ed25519KeyPair identity, Platform platform, List<Multiaddr> listen, List<Multiaddr> announced,
            List<Multiaddr> bootnodes, List<Multiaddr> reserved, PeerSet.Config slots, ProtocolNames kademlia,
            String agent, boolean isPrivateAllowed, SwarmLimits connections, YamuxLimits streams) {
        this(identity, platform, listen, announced, bootnodes, reserved, slots, kademlia, agent, isPrivateAllowed,
                connections, streams, Surroundings.NONE);
    }

    public NetworkConfig with(Surroundings other) {
        return new NetworkConfig(identity, platform, listen, announced, bootnodes, reserved, slots, kademlia, agent,
                isPrivateAllowed, connections, streams, other);
    }

    /**
     * What is round about a network.
     *
     * @param peersFile where known peers are kept over restarts
     * @param isSearchedNearby whether peers of the same local network are looked for by mDNS
     * @param volume how much may come in a second
     * @param trust whose certificates are good
     */
    public record Surroundings(Optional<Path> peersFile, boolean isSearchedNearby, VolumeLimits volume,
            TlsTrust trust) {

        public static final Surroundings NONE = new Surroundings(Optional.empty(), false, VolumeLimits.DEFAULT,
                TlsTrust.OF_MACHINE);
    }

    /**
     * The doors to the outside.
     *
     * @param monotonicMillis milliseconds that never go back, from whatever beginning
     * @param random cryptographic
     * @param failed is told of a thread that ended by a fault of this program
     */
    public record Platform(LongSupplier monotonicMillis, RandomGenerator random,
            BiConsumer<String, Throwable> failed) {}
}
