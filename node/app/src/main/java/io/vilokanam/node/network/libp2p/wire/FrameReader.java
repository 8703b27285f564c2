package io.vilokanam.node.network.libp2p.wire;

import java.util.Optional;

/**
 * Cuts messages out of a stream: each stands behind its length as an unsigned varint. A long message is collected here, so that
 * the stream's window can be opened again while it arrives; memory grows with what has arrived, not with what was announced.
 */
public final class FrameReader {

    private static final int LENGTH_BYTES_MAX = 4;
    private static final int UNKNOWN = -1;

    private final int messageBytesMax;
    private final ByteQueue collected = new ByteQueue();
    private int length = UNKNOWN;

    public FrameReader(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /**
     * The next whole message, taken from {@code in}.
     *
     * @throws FrameException for a length that is too large, longer than needed, or of more than 4 bytes
     */
    public Optional<byte[]> next(ByteQueue in) throws FrameException {
        if (length == UNKNOWN && !readLength(in)) {
            return Optional.empty();
        }
        if (collected.isEmpty() && in.size() >= length) {
            byte[] message = in.take(length);
            length = UNKNOWN;
            return Optional.of(message);
        }
        in.moveTo(collected, Math.min(in.size(), length - collected.size()));
        if (collected.size() < length) {
            return Optional.empty();
        }
        length = UNKNOWN;
        return Optional.of(collected.takeAll());
    }

    /** Bytes of a message that has begun and is not whole yet. */
    public int collectedBytes() {
        return collected.size();
    }

    private boolean readLength(ByteQueue in) throws FrameException {
        int value = 0;
        for (int i = 0; i < LENGTH_BYTES_MAX; i++) {
            if (i == in.size()) {
                return false;
            }
            byte next = in.at(i);
            value |= (next & 0x7f) << 7 * i;
            if (next >= 0) {
                if (next == 0 && i > 0) {
                    throw new FrameException("length " + value + " is written in " + (i + 1) + " bytes");
                }
                if (value > messageBytesMax) {
                    throw new FrameException("message of " + value + " bytes: expected at most " + messageBytesMax);
                }
                in.drop(i + 1);
                length = value;
                return true;
            }
        }
        throw new FrameException("length of more than " + LENGTH_BYTES_MAX + " bytes");
    }
}
