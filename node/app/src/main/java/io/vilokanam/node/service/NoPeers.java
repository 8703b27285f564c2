package io.vilokanam.node.service;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

/** The peers of a node that speaks to no network: none, ever. */
record NoPeers(Chain chain) implements ChainPeers {

    @Override
    public List<Peer> peers() {
        return List.of();
    }

    @Override
    public boolean isMajorSyncing() {
        return false;
    }

    @Override
    public long syncTarget() {
        return chain.best().number();
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return List.of();
    }

    @Override
    public Set<PeerId> reserved() {
        return Set.of();
    }

    @Override
    public void reserve(PeerId peer, Collection<Multiaddr> addresses) {
        // Without a network nobody can be reached.
    }

    @Override
    public void unreserve(PeerId peer) {
        // There is nobody.
    }
}
