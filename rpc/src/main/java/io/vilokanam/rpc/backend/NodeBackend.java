package io.vilokanam.rpc.backend;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.primitives.Hash;

/** What a node says of itself and of its peers. */
public interface NodeBackend {

    /** Name of the implementation. */
    String name();

    /** Semantic version of the implementation. */
    String version();

    /** Name of the chain, from the chain spec. */
    String chain();

    /** {@code "Development"}, {@code "Local"}, {@code "Live"} or <code>{"Custom": name}</code>, from the chain spec. */
    JsonNode chainType();

    /** The object {@code properties} of the chain spec, empty if it has none. */
    JsonNode properties();

    /** Whether it authors blocks. */
    boolean isAuthority();

    Health health();

    SyncState syncState();

    /** Base 58 of the peer id. */
    String localPeerId();

    /** Multiaddresses, each ending in {@code /p2p/} and the peer id. */
    List<String> localListenAddresses();

    List<Peer> peers();

    /** Free form: {@code system_unstable_networkState}. */
    JsonNode networkState();

    /** {@code address}: a multiaddress that ends in {@code /p2p/} and a peer id. */
    void addReservedPeer(String address) throws InvalidPeerException;

    void removeReservedPeer(String peerId) throws InvalidPeerException;

    List<String> reservedPeers();

    /** Adds directives like {@code sync=debug,state=trace} to those in force. */
    void addLogFilter(String directives) throws LogFilterException;

    void resetLogFilter() throws LogFilterException;

    /** {@code shouldHavePeers} holds where boot nodes are configured. */
    record Health(int peers, boolean isSyncing, boolean shouldHavePeers) {}

    /** Block numbers: where the sync began, where it is, where it leads to. */
    record SyncState(long startingBlock, long currentBlock, long highestBlock) {}

    /** {@code roles} is {@code AUTHORITY}, {@code FULL} or {@code LIGHT}. */
    record Peer(String peerId, String roles, Hash bestHash, long bestNumber) {}
}
