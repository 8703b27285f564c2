package io.vilokanam.node.rpc;

import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.rpc.backend.InvalidPeerException;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.backend.NodeBackend;

/** What RPC asks of the node itself. It has no peers: it does not speak to any network yet. */
public final class NodeAnswers implements NodeBackend {

    /** The name of this implementation. */
    public static final String NAME = "vilokanam";
    public static final String VERSION = "0.1.0";

    private final ChainSpec spec;
    private final Chain chain;
    private final boolean isAuthority;
    private final Supplier<String> peerId;
    private final long startingBlock;

    public NodeAnswers(ChainSpec spec, Chain chain, boolean isAuthority, Supplier<String> peerId) {
        this.spec = spec;
        this.chain = chain;
        this.isAuthority = isAuthority;
        this.peerId = peerId;
        this.startingBlock = chain.best().number();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public String chain() {
        return spec.name();
    }

    @Override
    public JsonNode chainType() {
        return spec.chainType().json();
    }

    @Override
    public JsonNode properties() {
        return spec.properties();
    }

    @Override
    public boolean isAuthority() {
        return isAuthority;
    }

    @Override
    public Health health() {
        return new Health(0, false, !spec.bootNodes().isEmpty());
    }

    @Override
    public SyncState syncState() {
        long best = chain.best().number();
        return new SyncState(startingBlock, best, best);
    }

    @Override
    public String localPeerId() {
        return peerId.get();
    }

    @Override
    public List<String> localListenAddresses() {
        return List.of();
    }

    @Override
    public List<Peer> peers() {
        return List.of();
    }

    @Override
    public JsonNode networkState() {
        ObjectNode state = JsonNodeFactory.instance.objectNode().put("peerId", peerId.get());
        state.putArray("listenedAddresses");
        state.putObject("connectedPeers");
        return state;
    }

    @Override
    public void addReservedPeer(String address) throws InvalidPeerException {
        try {
            throw new InvalidPeerException("this node has no network: it cannot reach " + Multiaddr.parse(address));
        } catch (AddressException e) {
            throw new InvalidPeerException("invalid multiaddress");
        }
    }

    @Override
    public void removeReservedPeer(String peerId) throws InvalidPeerException {
        try {
            throw new InvalidPeerException("this node has no network: " + PeerId.parse(peerId) + " is no peer of it");
        } catch (AddressException e) {
            throw new InvalidPeerException("invalid multihash");
        }
    }

    @Override
    public List<String> reservedPeers() {
        return List.of();
    }

    @Override
    public void addLogFilter(String directives) throws LogFilterException {
        LogSetup.add(directives);
    }

    @Override
    public void resetLogFilter() {
        LogSetup.reset();
    }
}
