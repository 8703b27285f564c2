package io.vilokanam.node.network.libp2p.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.scale.Bytes;

/**
 * What a node says of itself (libp2p spec, identify).
 *
 * @param key its public key message
 * @param addresses where it listens
 * @param protocols all that it speaks
 * @param observed where it sees the other side
 */
public record Identity(Bytes key, List<Multiaddr> addresses, List<String> protocols, Optional<Multiaddr> observed,
        String version,
        String agent) {

    private static final int KEY = 1;
    private static final int ADDRESS = 2;
    private static final int PROTOCOL = 3;
    private static final int OBSERVED = 4;
    private static final int VERSION = 5;
    private static final int AGENT = 6;

    private static final int ADDRESSES_MAX = 32;
    private static final int PROTOCOLS_MAX = 256;
    private static final int TEXT_MAX = 256;

    public Identity {
        addresses = List.copyOf(addresses);
        protocols = List.copyOf(protocols);
    }

    byte[] encode() {
        ProtobufWriter writer = new ProtobufWriter().bytes(KEY, key);
        addresses.forEach(address -> writer.element(ADDRESS, address.encode()));
        protocols.forEach(name -> writer.text(PROTOCOL, name));
        observed.ifPresent(address -> writer.element(OBSERVED, address.encode()));
        return writer.text(VERSION, version).text(AGENT, agent).toArray();
    }

    /** Addresses that are not understood are left out, and so is what there is too much of. */
    static Identity decode(byte[] message) throws ProtobufException {
        Bytes key = Bytes.EMPTY;
        List<Multiaddr> addresses = new ArrayList<>();
        List<String> protocols = new ArrayList<>();
        Optional<Multiaddr> observed = Optional.empty();
        String version = "";
        String agent = "";
        ProtobufReader reader = new ProtobufReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case KEY -> key = reader.bytes();
                case ADDRESS ->
                    address(reader.bytes()).filter(_ -> addresses.size() < ADDRESSES_MAX).ifPresent(addresses::add);
                case PROTOCOL -> {
                    if (protocols.size() < PROTOCOLS_MAX) {
                        protocols.add(reader.text());
                    }
                }
                case OBSERVED -> observed = address(reader.bytes());
                case VERSION -> version = printable(reader.text());
                case AGENT -> agent = printable(reader.text());
                default -> {
                }
            }
        }
        return new Identity(key, addresses, protocols, observed, version, agent);
    }

    private static Optional<Multiaddr> address(Bytes bytes) {
        try {
            return Optional.of(Multiaddr.decode(bytes.view()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** For logs and RPC: without what could write over them. */
    private static String printable(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > TEXT_MAX ? printable.substring(0, TEXT_MAX) : printable;
    }
}
