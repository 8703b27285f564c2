package io.vilokanam.node.network.libp2p.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;

/**
 * What libp2p nodes of one local network say to one another by multicast DNS (libp2p specs, discovery/mdns): who is there, and
 * where. Other services' messages are refused as no messages of ours.
 */
public sealed interface MdnsMessage {

    /** The service that is asked for: any libp2p node. */
    String SERVICE = "_p2p._udp.local";

    /** No packet is longer. */
    int BYTES_MAX = 9_000;

    /** So many addresses are read from a message, and so many are written. */
    int ADDRESSES_MAX = 16;

    /** Records of one message that are looked at. */
    int RECORDS_MAX = 64;

    /** Who is there? */
    record Query(int id) implements MdnsMessage {}

    /** Somebody is, at these addresses, each with {@code /p2p} at its end. */
    record Answer(int id, List<Multiaddr> addresses) implements MdnsMessage {
        public Answer {
            addresses = List.copyOf(addresses);
        }
    }

    int RESPONSE = 0x8000;
    int AUTHORITATIVE = 0x0400;
    int CLASS_INTERNET = 1;
    /** The top bit of a class is a flag in mDNS. */
    int CLASS_MASK = 0x7fff;
    int TYPE_POINTER = 12;
    int TYPE_TEXT = 16;
    int SECONDS_TO_LIVE = 360;
    String ADDRESS = "dnsaddr=";

    /** {@code name}: at random, at least 32 characters, by which the parts of an answer belong together; not used by queries. */
    static byte[] encode(MdnsMessage message, String name) {
        return switch (message) {
            case Query(var id) -> new DnsWriter().u16(id).u16(0).u16(1).u16(0).u16(0).u16(0).name(SERVICE)
                    .u16(TYPE_POINTER).u16(CLASS_INTERNET).toBytes();
            case Answer(var id, var addresses) -> {
                String full = name + "." + SERVICE;
                List<String> texts = addresses.stream().limit(ADDRESSES_MAX).map(address -> ADDRESS + address)
                        .filter(text -> text.length() <= DnsWriter.TEXT_MAX).toList();
                DnsWriter writer = new DnsWriter().u16(id).u16(RESPONSE | AUTHORITATIVE).u16(0).u16(1).u16(0)
                        .u16(texts.size());
                writer.name(SERVICE).u16(TYPE_POINTER).u16(CLASS_INTERNET).u32(SECONDS_TO_LIVE)
                        .sized(new DnsWriter().name(full).toBytes());
                for (String text : texts) {
                    writer.name(full).u16(TYPE_TEXT).u16(CLASS_INTERNET).u32(SECONDS_TO_LIVE)
                            .sized(new DnsWriter().text(text).toBytes());
                }
                yield writer.toBytes();
            }
        };
    }

    static MdnsMessage decode(byte[] packet) throws MdnsException {
        if (packet.length > BYTES_MAX) {
            throw new MdnsException("packet of " + packet.length + " bytes: expected at most " + BYTES_MAX);
        }
        DnsReader reader = new DnsReader(packet);
        int id = reader.u16();
        boolean isAnswer = (reader.u16() & RESPONSE) != 0;
        int questions = reader.u16();
        int records = reader.u16() + reader.u16() + reader.u16();
        if (questions > RECORDS_MAX || records > RECORDS_MAX) {
            throw new MdnsException(questions + " questions and " + records + " records: expected at most "
                    + RECORDS_MAX);
        }
        boolean isAsked = false;
        for (int i = 0; i < questions; i++) {
            isAsked |= reader.name().equalsIgnoreCase(SERVICE) & reader.u16() == TYPE_POINTER
                    & (reader.u16() & CLASS_MASK) == CLASS_INTERNET;
        }
        if (!isAnswer) {
            if (!isAsked) {
                throw new MdnsException("a question about something else");
            }
            return new Query(id);
        }
        return new Answer(id, addresses(reader, records));
    }

    private static List<Multiaddr> addresses(DnsReader reader, int records) throws MdnsException {
        List<String> named = new ArrayList<>();
        List<Multiaddr> addresses = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            String name = reader.name();
            int type = reader.u16();
            reader.u16();
            reader.u32();
            int end = reader.u16() + reader.at();
            if (type == TYPE_POINTER && name.equalsIgnoreCase(SERVICE)) {
                named.add(reader.name());
            } else if (type == TYPE_TEXT && named.contains(name)) {
                while (reader.at() < end) {
                    address(reader.text(), addresses);
                }
            }
            reader.skipTo(end);
        }
        if (named.isEmpty()) {
            throw new MdnsException("an answer about something else");
        }
        return addresses;
    }

    private static void address(byte[] text, List<Multiaddr> into) {
        String attribute = new String(text, StandardCharsets.ISO_8859_1);
        if (!attribute.startsWith(ADDRESS) || into.size() == ADDRESSES_MAX) {
            return;
        }
        try {
            Multiaddr address = Multiaddr.parse(attribute.substring(ADDRESS.length()));
            if (address.peer().isPresent()) {
                into.add(address);
            }
        } catch (AddressException unknownLayer) {
            // Others listen in ways that this node does not know: their other addresses may do.
        }
    }
}
