package io.vilokanam.node.offchain.listener;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.netty.buffer.ByteBuf;

/** The head of a WebSocket frame from a client, and what follows (RFC 6455, section 5). Used again and again. */
final class Frame {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** Stands in the first byte, with the opcode, of a frame that is the last of its message. */
    static final int FINAL = 0x80;

    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 8;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int CONTROL_MAX = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int HEAD_MIN = 2;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What is known of the next frame. */
    enum State {
        /** Not all of it is there. */
        PARTIAL,
        /** It is there as a whole. */
        WHOLE,
        /** It breaks the rules. */
        BROKEN,
        /** It is longer than a message may be. */
        TOO_LONG
    }

    private int first;
    private int length;
    private int mask;
    private int contentAt;

    /** Looks at the frame that begins at the reader index, and moves nothing. */
    State look(ByteBuf in) {
        int at = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < HEAD_MIN) {
            return State.PARTIAL;
        }
        first = in.getUnsignedByte(at);
        int second = in.getUnsignedByte(at + 1);
        int shortLength = second & LENGTH;
        boolean isBadControl = opcode() >= CONTROL && (!isFinal() || shortLength > CONTROL_MAX);
        boolean isUnknown = opcode() > BINARY && opcode() < CLOSE || opcode() > PONG;
        if ((first & RESERVED) != 0 || (second & MASKED) == 0 || isBadControl || isUnknown) {
            return State.BROKEN;
        }
        int more = shortLength == TWO_BYTES ? Short.BYTES : shortLength == EIGHT_BYTES ? Long.BYTES : 0;
        int head = HEAD_MIN + more + Integer.BYTES;
        if (readable < head) {
            return State.PARTIAL;
        }
        long announced = switch (more) {
            case Short.BYTES -> in.getUnsignedShort(at + HEAD_MIN);
            case Long.BYTES -> in.getLong(at + HEAD_MIN);
            default -> shortLength;
        };
        if (announced < 0 || announced > TickFrames.MESSAGE_BYTES_MAX) {
            return State.TOO_LONG;
        }
        length = (int) announced;
        mask = Integer.reverseBytes(in.getInt(at + HEAD_MIN + more));
        contentAt = at + head;
        return readable < head + length ? State.PARTIAL : State.WHOLE;
    }

    int opcode() {
        return first & OPCODE;
    }

    boolean isFinal() {
        return (first & FINAL) != 0;
    }

    /** Bytes of the content. */
    int length() {
        return length;
    }

    /** Copies the content without its mask, and moves the reader index behind the frame. */
    void take(ByteBuf in, byte[] to, int at) {
        in.getBytes(contentAt, to, at, length);
        long wide = mask & 0xffff_ffffL | (long) mask << 32;
        int end = at + length;
        int next = at;
        for (; next <= end - Long.BYTES; next += Long.BYTES) {
            LONGS.set(to, next, (long) LONGS.get(to, next) ^ wide);
        }
        for (int shift = 0; next < end; next++, shift += Byte.SIZE) {
            to[next] ^= (byte) (wide >>> shift);
        }
        in.readerIndex(contentAt + length);
    }
}
