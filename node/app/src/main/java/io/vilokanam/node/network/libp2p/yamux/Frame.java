package io.vilokanam.node.network.libp2p.yamux;

import java.nio.ByteBuffer;

/** The 12 bytes in front of every yamux frame, all big endian: version, type, flags u16, stream u32, length u32. */
final class Frame {

    static final int HEADER = 12;
    static final byte VERSION = 0;

    static final byte DATA = 0;
    static final byte WINDOW_UPDATE = 1;
    static final byte PING = 2;
    static final byte GO_AWAY = 3;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    /** Reasons of a {@link #GO_AWAY}. */
    static final int NORMAL = 0;
    static final int PROTOCOL_ERROR = 1;

    private Frame() {}

    static byte[] header(byte type, int flags, int stream, int length) {
        return put(ByteBuffer.allocate(HEADER), type, flags, stream, length).array();
    }

    private static ByteBuffer put(ByteBuffer target, byte type, int flags, int stream, int length) {
        return target.put(VERSION).put(type).putShort((short) flags).putInt(stream).putInt(length);
    }

    static byte[] data(int flags, int stream, byte[] body, int from, int length) {
        return put(ByteBuffer.allocate(HEADER + length), DATA, flags, stream, length).put(body, from, length).array();
    }
}
