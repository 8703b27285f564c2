package io.vilokanam.node.service;

import java.util.function.BiConsumer;

import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.libp2p.Libp2pNetwork;
import io.vilokanam.node.network.libp2p.NetworkConfig;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;
import io.vilokanam.node.network.libp2p.transport.TlsTrust;
import io.vilokanam.node.network.libp2p.transport.VolumeLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.peerset.PeerSet;
import io.vilokanam.node.rpc.NodeAnswers;
import io.vilokanam.primitives.Hash;

/** Makes the network that nodes speak to one another over: libp2p on TCP and WebSockets. */
public record LibP2pNetworks(Platform platform, BiConsumer<String, Throwable> failed) implements Node.NetworkMaker {

    @Override
    public Network make(NodeConfig config, NodeConfig.Networking networking, NodeIdentity identity, Hash genesis) {
        PeerSet.Config slots = new PeerSet.Config(networking.outboundPeers(), networking.inboundPeers(),
                networking.lightPeers(), networking.isReservedOnly());
        String agent = NodeAnswers.NAME + "/" + NodeAnswers.VERSION + " (" + config.name() + ")";
        return new Libp2pNetwork(new NetworkConfig(identity.pair(),
                new NetworkConfig.Platform(platform.monotonicMillis(), platform.random(), failed), networking.listen(),
                networking.announced(), networking.bootnodes(), networking.reserved(), slots,
                PeerParts.names(genesis.hex().substring(2), PeerParts.protocolId(config.spec()), "kad"), agent,
                networking.isPrivateAllowed(), SwarmLimits.DEFAULT, YamuxLimits.DEFAULT,
                new NetworkConfig.Surroundings(
                        config.folder().map(folder -> folder.resolve("network").resolve("peers")),
                        networking.isSearchedNearby(), VolumeLimits.DEFAULT, TlsTrust.OF_MACHINE)));
    }
}
