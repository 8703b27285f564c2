package io.vilokanam.rpc.server;

import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Reads the frames of a WebSocket client (RFC 6455, no extensions). Unlike Netty's own decoder it never holds more than one
 * message's limit, and a message that is too long does not end the connection: jsonrpsee answers it with an error.
 */
final class WebSocketDecoder extends ByteToMessageDecoder {

    private static final int CONTROL_BYTES_MAX = 125;
    private static final int FIRST_CAPACITY = 512;
    private static final byte[] NOTHING = new byte[0];

    private enum Opcode {
        CONTINUATION, DATA, CLOSE, PING, PONG
    }

    private final int messageBytesMax;

    private boolean isBroken;
    private boolean isInFrame;
    private boolean isFinal;
    private Opcode opcode = Opcode.DATA;
    private long frameLeft;
    private int mask;
    private int maskAt;
    private byte[] control = NOTHING;
    private int controlSize;
    private boolean isInMessage;
    private boolean isDiscarding;
    private byte[] message = NOTHING;
    private int messageSize;

    WebSocketDecoder(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (isBroken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!isInFrame && !readHeader(in, out)) {
            return;
        }
        readPayload(in);
        if (frameLeft == 0) {
            isInFrame = false;
            endFrame(out);
        }
    }

    /** Whether a whole header was there. */
    private boolean readHeader(ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return false;
        }
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        int shortLength = second & 0x7f;
        int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        if ((first & 0x70) != 0) {
            return violation("reserved bits are set", in, out);
        }
        if ((second & 0x80) == 0) {
            return violation("a client's frame must be masked", in, out);
        }
        if (in.readableBytes() < 2 + lengthBytes + 4) {
            return false;
        }
        frameLeft = switch (lengthBytes) {
            case 2 -> in.getUnsignedShort(start + 2);
            case 8 -> in.getLong(start + 2);
            default -> shortLength;
        };
        mask = in.getInt(start + 2 + lengthBytes);
        maskAt = 0;
        isFinal = (first & 0x80) != 0;
        in.skipBytes(2 + lengthBytes + 4);
        return beginFrame(first & 15, in, out);
    }

    private boolean beginFrame(int code, ByteBuf in, List<Object> out) {
        switch (code) {
            case 0 -> opcode = Opcode.CONTINUATION;
            case 1, 2 -> opcode = Opcode.DATA;
            case 8 -> opcode = Opcode.CLOSE;
            case 9 -> opcode = Opcode.PING;
            case 10 -> opcode = Opcode.PONG;
            default -> {
                return violation("unknown opcode " + code, in, out);
            }
        }
        if (frameLeft < 0) {
            return violation("a length of 2^63 or more", in, out);
        }
        if (isControl()) {
            if (!isFinal || frameLeft > CONTROL_BYTES_MAX) {
                return violation("a control frame is fragmented or too long", in, out);
            }
            control = new byte[(int) frameLeft];
            controlSize = 0;
        } else if (isInMessage != (opcode == Opcode.CONTINUATION)) {
            return violation("a continuation without a beginning, or a beginning inside a message", in, out);
        } else {
            isInMessage = true;
            if (!isDiscarding && frameLeft > messageBytesMax - messageSize) {
                isDiscarding = true;
                message = NOTHING;
                messageSize = 0;
                out.add(new WebSocketFrame.TooBig());
            }
        }
        isInFrame = true;
        return true;
    }

    private void readPayload(ByteBuf in) {
        int length = (int) Math.min(in.readableBytes(), frameLeft);
        frameLeft -= length;
        if (isControl()) {
            in.readBytes(control, controlSize, length);
            unmask(control, controlSize, length);
            controlSize += length;
        } else if (isDiscarding) {
            in.skipBytes(length);
        } else if (length > 0) {
            if (messageSize + length > message.length) {
                long wanted = Math.max(Math.max(FIRST_CAPACITY, messageSize + length), 2L * message.length);
                message = Arrays.copyOf(message, (int) Math.min(wanted, Math.max(messageBytesMax, 1)));
            }
            in.readBytes(message, messageSize, length);
            unmask(message, messageSize, length);
            messageSize += length;
        }
    }

    private void unmask(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            bytes[offset + i] ^= (byte) (mask >>> 24 - 8 * (maskAt & 3));
            maskAt++;
        }
    }

    private void endFrame(List<Object> out) {
        switch (opcode) {
            case CLOSE -> out.add(new WebSocketFrame.Close(control));
            case PING -> out.add(new WebSocketFrame.Ping(control));
            case PONG -> out.add(new WebSocketFrame.Pong());
            case CONTINUATION, DATA -> {
                if (isFinal) {
                    if (!isDiscarding) {
                        out.add(new WebSocketFrame.Message(Arrays.copyOf(message, messageSize)));
                    }
                    isInMessage = false;
                    isDiscarding = false;
                    message = NOTHING;
                    messageSize = 0;
                }
            }
        }
    }

    private boolean isControl() {
        return opcode != Opcode.CONTINUATION && opcode != Opcode.DATA;
    }

    private boolean violation(String what, ByteBuf in, List<Object> out) {
        isBroken = true;
        in.skipBytes(in.readableBytes());
        out.add(new WebSocketFrame.Violation(what));
        return false;
    }
}
