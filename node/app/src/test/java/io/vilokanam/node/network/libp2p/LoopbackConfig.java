package io.vilokanam.node.network.libp2p;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.peerset.PeerSet;

/** Settings of networks that tests open: on loopback, and knowing nobody. */
public final class LoopbackConfig {

    private LoopbackConfig() {}

    /**
     * @param seed of the network's key
     * @param prefix what the names of the chain's protocols begin with
     * @param faults takes what breaks in the network's threads
     */
    public static NetworkConfig of(int seed, String prefix, Collection<Throwable> faults) throws AddressException {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return new NetworkConfig(Ed25519KeyPair.fromSeed(secret),
                new NetworkConfig.Platform(() -> System.nanoTime() / 1_000_000, new SecureRandom(),
                        (_, cause) -> faults.add(cause)),
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), List.of(), List.of(),
                PeerSet.Config.DEFAULT, ProtocolNames.of(prefix + "/kad"), "test/0 (node " + seed + ")", true,
                SwarmLimits.DEFAULT, YamuxLimits.DEFAULT);
    }

    /** The same, where these peers are known from the beginning. */
    public static NetworkConfig withBootnodes(NetworkConfig config, List<Multiaddr> bootnodes) {
        return new NetworkConfig(config.identity(), config.platform(), config.listen(), config.announced(), bootnodes,
                config.reserved(), config.slots(), config.kademlia(), config.agent(), config.isPrivateAllowed(),
                config.connections(), config.streams(), config.surroundings());
    }

    /** The same, listening there instead. */
    public static NetworkConfig withListening(NetworkConfig config, List<Multiaddr> listen) {
        return new NetworkConfig(config.identity(), config.platform(), listen, config.announced(), config.bootnodes(),
                config.reserved(), config.slots(), config.kademlia(), config.agent(), config.isPrivateAllowed(),
                config.connections(), config.streams(), config.surroundings());
    }
}
