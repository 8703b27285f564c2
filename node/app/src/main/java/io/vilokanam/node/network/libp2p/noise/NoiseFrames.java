package io.vilokanam.node.network.libp2p.noise;

import java.util.Optional;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/** How Noise messages stand on the wire: a length as u16 BE, then the message. */
public final class NoiseFrames {

    /** The longest plain message that is written: larger ones only delay their first byte. */
    public static final int PLAIN_MAX = 1 << 14;

    private static final int LENGTH_BYTES = 2;

    private NoiseFrames() {}

    public static byte[] frame(byte[] message) {
        byte[] framed = new byte[LENGTH_BYTES + message.length];
        framed[0] = (byte) (message.length >> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, LENGTH_BYTES, message.length);
        return framed;
    }

    /** The next whole message. */
    public static Optional<byte[]> read(ByteQueue in) {
        if (in.size() < LENGTH_BYTES) {
            return Optional.empty();
        }
        int length = (in.at(0) & 255) << 8 | in.at(1) & 255;
        if (in.size() < LENGTH_BYTES + length) {
            return Optional.empty();
        }
        in.drop(LENGTH_BYTES);
        return Optional.of(in.take(length));
    }
}
