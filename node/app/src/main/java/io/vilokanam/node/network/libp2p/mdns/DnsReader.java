package io.vilokanam.node.network.libp2p.mdns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the parts of DNS messages (RFC 1035, section 4.1). */
final class DnsReader {

    /** Names may refer to names; beyond so many it is a trap. */
    private static final int JUMPS_MAX = 16;
    private static final int NAME_MAX = 255;
    private static final int POINTER = 0xc0;

    private final byte[] packet;
    private int at;

    DnsReader(byte[] packet) {
        this.packet = packet;
    }

    int at() {
        return at;
    }

    private int byteAt(int position) throws MdnsException {
        if (position < 0 || position >= packet.length) {
            throw new MdnsException("packet of " + packet.length + " bytes ends too early");
        }
        return packet[position] & 255;
    }

    int u16() throws MdnsException {
        int value = byteAt(at) << 8 | byteAt(at + 1);
        at += 2;
        return value;
    }

    long u32() throws MdnsException {
        return (long) u16() << 16 | u16();
    }

    void skipTo(int position) throws MdnsException {
        if (position < at || position > packet.length) {
            throw new MdnsException("a record ends at " + position + ": expected " + at + " to " + packet.length);
        }
        at = position;
    }

    /** A length and so many bytes. */
    byte[] text() throws MdnsException {
        int length = byteAt(at);
        if (at + 1 + length > packet.length) {
            throw new MdnsException("a text of " + length + " bytes ends behind the packet");
        }
        byte[] text = Arrays.copyOfRange(packet, at + 1, at + 1 + length);
        at += 1 + length;
        return text;
    }

    /** Parts with dots between them. */
    String name() throws MdnsException {
        StringBuilder name = new StringBuilder();
        int position = at;
        int jumps = 0;
        int length = byteAt(position);
        while (length != 0) {
            if ((length & POINTER) == POINTER) {
                int target = (length & ~POINTER) << 8 | byteAt(position + 1);
                if (jumps == 0) {
                    at = position + 2;
                }
                if (++jumps > JUMPS_MAX) {
                    throw new MdnsException("a name of more than " + JUMPS_MAX + " references");
                }
                position = target;
            } else if (length > DnsWriter.LABEL_MAX || name.length() + length >= NAME_MAX
                    || position + 1 + length > packet.length) {
                throw new MdnsException("a name with a part of " + length + " bytes");
            } else {
                name.append(name.isEmpty() ? "" : ".")
                        .append(new String(packet, position + 1, length, StandardCharsets.ISO_8859_1));
                position += 1 + length;
            }
            length = byteAt(position);
        }
        if (jumps == 0) {
            at = position + 1;
        }
        return name.toString();
    }
}
