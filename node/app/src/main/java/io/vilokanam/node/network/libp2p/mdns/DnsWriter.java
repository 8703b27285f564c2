package io.vilokanam.node.network.libp2p.mdns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the parts of DNS messages (RFC 1035, section 4.1); names are not compressed. */
final class DnsWriter {

    /** The longest text and the longest part of a name. */
    static final int TEXT_MAX = 255;
    static final int LABEL_MAX = 63;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    DnsWriter u16(int value) {
        out.write(value >> 8);
        out.write(value);
        return this;
    }

    DnsWriter u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    /** Parts between dots, each with its length before it. */
    DnsWriter name(String name) {
        for (String label : name.split("\\.")) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length == 0 || bytes.length > LABEL_MAX) {
                throw new IllegalArgumentException("a part of " + name + " has " + bytes.length + " bytes");
            }
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        out.write(0);
        return this;
    }

    DnsWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    DnsWriter sized(byte[] bytes) {
        u16(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
