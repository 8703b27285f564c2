package io.vilokanam.node.network.libp2p.multistream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/** The messages of multistream-select: a length that counts the newline, text, a newline. */
final class Lines {

    static final String HEADER = "/multistream/1.0.0";
    static final String NOT_AVAILABLE = "na";
    static final String LIST = "ls";

    /** No protocol's name is longer. */
    static final int BYTES_MAX = 1024;

    private static final int LENGTH_BYTES_MAX = 2;

    private Lines() {}

    static byte[] line(String text) {
        return Varint.framed((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** The next whole line, without its newline. */
    static Optional<String> read(ByteQueue in) throws NegotiationException {
        int length = 0;
        int at = 0;
        byte next;
        do {
            if (at == LENGTH_BYTES_MAX) {
                throw new NegotiationException("line with a length of more than " + LENGTH_BYTES_MAX + " bytes");
            }
            if (at == in.size()) {
                return Optional.empty();
            }
            next = in.at(at);
            length |= (next & 0x7f) << 7 * at++;
        } while (next < 0);
        if (length == 0 || length > BYTES_MAX) {
            throw new NegotiationException("line of " + length + " bytes: expected 1 to " + BYTES_MAX);
        }
        if (in.size() < at + length) {
            return Optional.empty();
        }
        in.drop(at);
        byte[] text = in.take(length);
        if (text[length - 1] != '\n') {
            throw new NegotiationException("line of " + length + " bytes without a newline at its end");
        }
        return Optional.of(new String(text, 0, length - 1, StandardCharsets.UTF_8));
    }
}
