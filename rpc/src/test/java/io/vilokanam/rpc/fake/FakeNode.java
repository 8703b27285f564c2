package io.vilokanam.rpc.fake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.Backends;
import io.vilokanam.rpc.backend.FinalityProofException;
import io.vilokanam.rpc.backend.GrandpaBackend;
import io.vilokanam.rpc.backend.InvalidPeerException;
import io.vilokanam.rpc.backend.KeystoreBackend;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.backend.NodeBackend;
import io.vilokanam.rpc.backend.OffchainStorageBackend;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Refchain;

/** What the recorded node said of itself, around a chain and a pool. */
public final class FakeNode implements NodeBackend, KeystoreBackend, OffchainStorageBackend, GrandpaBackend {

    private record Key(KeyTypeId type, Bytes publicKey) {}

    public final RecordedChain chain;
    public final FakePool pool = new FakePool();
    public final Map<Long, Bytes> finalityProofs = new HashMap<>();
    public final List<Consumer<Bytes>> justificationListeners = new CopyOnWriteArrayList<>();
    public Optional<VoterState> voterState = Optional.empty();
    public JsonNode networkState = JsonNodeFactory.instance.objectNode();
    public String peerId = "12D3KooWD4h2TUs3EBkzHZzrTXuswk1qQMPHiVvnEdNvgUHm1oDa";

    private final JsonNode spec = Refchain.json("dev.raw.json");
    private final Set<Key> keys = new HashSet<>();
    private final Map<Bytes, Bytes> offchain = new HashMap<>();

    public FakeNode(RecordedChain chain) {
        this.chain = chain;
    }

    public Backends backends() {
        return new Backends(chain, chain, pool, this, this, this, this);
    }

    @Override
    public String name() {
        return "Refchain Node";
    }

    @Override
    public String version() {
        return "1.0.0-refchain";
    }

    @Override
    public String chain() {
        return spec.get("name").asText();
    }

    @Override
    public JsonNode chainType() {
        return spec.get("chainType");
    }

    @Override
    public JsonNode properties() {
        return spec.get("properties");
    }

    @Override
    public boolean isAuthority() {
        return false;
    }

    @Override
    public Health health() {
        return new Health(0, false, false);
    }

    @Override
    public SyncState syncState() {
        long number = chain.best().number();
        return new SyncState(number, number, number);
    }

    @Override
    public String localPeerId() {
        return peerId;
    }

    @Override
    public List<String> localListenAddresses() {
        return List.of("/ip4/127.0.0.1/tcp/30333/p2p/" + peerId);
    }

    @Override
    public List<Peer> peers() {
        return List.of();
    }

    @Override
    public JsonNode networkState() {
        return networkState;
    }

    @Override
    public void addReservedPeer(String address) throws InvalidPeerException {
        if (!address.startsWith("/")) {
            throw new InvalidPeerException("invalid multiaddress");
        }
    }

    @Override
    public void removeReservedPeer(String id) throws InvalidPeerException {
        if (!id.startsWith("12D3")) {
            throw new InvalidPeerException("invalid multihash");
        }
    }

    @Override
    public List<String> reservedPeers() {
        return List.of();
    }

    @Override
    public void addLogFilter(String directives) throws LogFilterException {
        throw new LogFilterException("No reload handle present");
    }

    @Override
    public void resetLogFilter() throws LogFilterException {
        throw new LogFilterException("No reload handle present");
    }

    @Override
    public void insert(KeyTypeId type, String suri, Bytes publicKey) {
        keys.add(new Key(type, publicKey));
    }

    @Override
    public boolean has(KeyTypeId type, Bytes publicKey) {
        return keys.contains(new Key(type, publicKey));
    }

    @Override
    public Bytes generateSessionKeys(Hash block) {
        return Bytes.wrap(new byte[64]);
    }

    @Override
    public void set(Bytes key, Bytes value) {
        offchain.put(key, value);
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return Optional.ofNullable(offchain.get(key));
    }

    @Override
    public void clear(Bytes key) {
        offchain.remove(key);
    }

    @Override
    public Optional<VoterState> roundState() {
        return voterState;
    }

    @Override
    public Optional<Bytes> proveFinality(long number) throws FinalityProofException {
        if (number > chain.finalised().number()) {
            throw new FinalityProofException("Block not yet finalized");
        }
        return Optional.ofNullable(finalityProofs.get(number));
    }

    @Override
    public Registration watchJustifications(Consumer<Bytes> listener) {
        justificationListeners.add(listener);
        return () -> justificationListeners.remove(listener);
    }
}
