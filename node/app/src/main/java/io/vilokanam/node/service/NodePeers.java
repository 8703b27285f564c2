package io.vilokanam.node.service;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.network.NetworkCensus;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.ChainPeers;

/** The peers of a node: none until its network is there, or ever where it speaks to none. */
final class NodePeers implements ChainPeers {

    private final Chain chain;
    private volatile Optional<ChainPeers> network = Optional.empty();

    NodePeers(Chain chain) {
        this.chain = chain;
    }

    /** From now on the network's peers are the node's. */
    void follow(ChainPeers peers) {
        network = Optional.of(peers);
    }

    boolean isNetworked() {
        return network.isPresent();
    }

    @Override
    public List<Peer> peers() {
        return network.map(ChainPeers::peers).orElse(List.of());
    }

    @Override
    public boolean isMajorSyncing() {
        return network.map(ChainPeers::isMajorSyncing).orElse(false);
    }

    @Override
    public long syncTarget() {
        return network.map(ChainPeers::syncTarget).orElseGet(() -> chain.best().number());
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return network.map(ChainPeers::listenAddresses).orElse(List.of());
    }

    @Override
    public Traffic traffic() {
        return network.map(ChainPeers::traffic).orElse(Traffic.NONE);
    }

    @Override
    public NetworkCensus census() {
        return network.map(ChainPeers::census).orElse(NetworkCensus.NONE);
    }

    @Override
    public Set<PeerId> reserved() {
        return network.map(ChainPeers::reserved).orElse(Set.of());
    }

    @Override
    public void reserve(PeerId peer, Collection<Multiaddr> addresses) {
        network.ifPresent(peers -> peers.reserve(peer, addresses));
    }

    @Override
    public void unreserve(PeerId peer) {
        network.ifPresent(peers -> peers.unreserve(peer));
    }
}
