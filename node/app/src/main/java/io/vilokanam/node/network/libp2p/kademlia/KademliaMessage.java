package io.vilokanam.node.network.libp2p.kademlia;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.scale.Bytes;

/**
 * A message of Kademlia as far as a chain without records needs it (libp2p spec, kad-dht).
 *
 * @param type one of the constants below
 * @param key what is sought
 * @param closer peers nearer to it
 */
record KademliaMessage(int type, Bytes key, List<Peer> closer) {

    static final int PUT_VALUE = 0;
    static final int GET_VALUE = 1;
    static final int ADD_PROVIDER = 2;
    static final int GET_PROVIDERS = 3;
    static final int FIND_NODE = 4;
    static final int PING = 5;

    /** More peers in one answer are not read. */
    static final int CLOSER_MAX = 40;
    private static final int ADDRESSES_MAX = 16;

    private static final int TYPE = 1;
    private static final int KEY = 2;
    private static final int CLOSER = 8;
    private static final int PEER_ID = 1;
    private static final int PEER_ADDRESS = 2;
    private static final int PEER_CONNECTION = 3;

    KademliaMessage {
        closer = List.copyOf(closer);
    }

    /** @param isConnected as the sender says */
    record Peer(PeerId id, List<Multiaddr> addresses, boolean isConnected) {

        Peer {
            addresses = List.copyOf(addresses);
        }
    }

    byte[] encode() {
        ProtobufWriter writer = new ProtobufWriter().varint(TYPE, type).bytes(KEY, key);
        for (Peer peer : closer) {
            ProtobufWriter inner = new ProtobufWriter().bytes(PEER_ID, peer.id().multihash());
            peer.addresses().forEach(address -> inner.element(PEER_ADDRESS, address.encode()));
            writer.message(CLOSER, inner.flag(PEER_CONNECTION, peer.isConnected()));
        }
        return writer.toArray();
    }

    /** Peers and addresses that are not understood are left out. */
    static KademliaMessage decode(byte[] message) throws ProtobufException {
        int type = PUT_VALUE;
        Bytes key = Bytes.EMPTY;
        List<Peer> closer = new ArrayList<>();
        ProtobufReader reader = new ProtobufReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case TYPE -> type = (int) reader.varint();
                case KEY -> key = reader.bytes();
                case CLOSER -> peer(reader.message()).filter(_ -> closer.size() < CLOSER_MAX).ifPresent(closer::add);
                default -> {
                }
            }
        }
        return new KademliaMessage(type, key, closer);
    }

    private static Optional<Peer> peer(ProtobufReader reader) throws ProtobufException {
        Bytes id = Bytes.EMPTY;
        List<Multiaddr> addresses = new ArrayList<>();
        boolean isConnected = false;
        while (reader.next()) {
            switch (reader.field()) {
                case PEER_ID -> id = reader.bytes();
                case PEER_ADDRESS ->
                    address(reader.bytes()).filter(_ -> addresses.size() < ADDRESSES_MAX).ifPresent(addresses::add);
                case PEER_CONNECTION -> isConnected = reader.varint() == 1;
                default -> {
                }
            }
        }
        try {
            return Optional.of(new Peer(PeerId.ofBytes(id.view()), addresses, isConnected));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    private static Optional<Multiaddr> address(Bytes bytes) {
        try {
            return Optional.of(Multiaddr.decode(bytes.view()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
