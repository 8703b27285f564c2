package io.vilokanam.node.rpc;

import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.rpc.backend.InvalidPeerException;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.backend.NodeBackend;

/** What RPC asks of the node itself and of its peers. */
public final class NodeAnswers implements NodeBackend {

    /** The name of this implementation. */
    public static final String NAME = "vilokanam";
    public static final String VERSION = "0.1.0";

    private final ChainSpec spec;
    private final Chain chain;
    private final boolean isAuthority;
    private final Supplier<String> peerId;
    private final ChainPeers peers;
    private final boolean shouldHavePeers;
    private final long startingBlock;

    /** @param shouldHavePeers whether the node was told of others */
    public NodeAnswers(ChainSpec spec, Chain chain, boolean isAuthority, Supplier<String> peerId, ChainPeers peers,
            boolean shouldHavePeers) {
        this.peers = peers;
        this.shouldHavePeers = shouldHavePeers;
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
        return new Health(peers.peers().size(), peers.isMajorSyncing(), shouldHavePeers);
    }

    @Override
    public SyncState syncState() {
        long best = chain.best().number();
        return new SyncState(startingBlock, best, Math.max(best, peers.syncTarget()));
    }

    @Override
    public String localPeerId() {
        return peerId.get();
    }

    @Override
    public List<String> localListenAddresses() {
        return peers.listenAddresses().stream().map(address -> address + "/p2p/" + peerId.get()).toList();
    }

    @Override
    public List<Peer> peers() {
        return peers.peers().stream()
                .map(peer -> new Peer(peer.id().toString(), peer.roles().name(), peer.best().hash(),
                        peer.best().number()))
                .toList();
    }

    @Override
    public JsonNode networkState() {
        ObjectNode state = JsonNodeFactory.instance.objectNode().put("peerId", peerId.get());
        ArrayNode addresses = state.putArray("listenedAddresses");
        peers.listenAddresses().forEach(address -> addresses.add(address.toString()));
        ObjectNode connected = state.putObject("connectedPeers");
        peers.peers().forEach(peer -> connected.putObject(peer.id().toString()));
        return state;
    }

    @Override
    public void addReservedPeer(String address) throws InvalidPeerException {
        if (address.isEmpty()) {
            throw new InvalidPeerException("Peer id is missing from the address");
        }
        try {
            Multiaddr parsed = Multiaddr.parse(address);
            PeerId peer = parsed.peer()
                    .orElseThrow(() -> new InvalidPeerException("Peer id is missing from the address"));
            peers.reserve(peer, List.of(parsed));
        } catch (AddressException e) {
            throw new InvalidPeerException("invalid multiaddress");
        }
    }

    @Override
    public void removeReservedPeer(String id) throws InvalidPeerException {
        try {
            peers.unreserve(PeerId.parse(id));
        } catch (AddressException e) {
            throw new InvalidPeerException("invalid multihash");
        }
    }

    @Override
    public List<String> reservedPeers() {
        return peers.reserved().stream().map(PeerId::toString).toList();
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
