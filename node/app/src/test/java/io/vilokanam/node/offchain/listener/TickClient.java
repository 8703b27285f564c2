package io.vilokanam.node.offchain.listener;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.Bytes;

/** A WebSocket client by hand, so that it can do what none should. Waits ten seconds for anything. */
final class TickClient implements AutoCloseable {

    static final int BINARY = 0x82;
    static final int TEXT = 0x81;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MASK = 0x5aa5_0ff0;

    /** An answer as it came. */
    record Answer(long session, long paid, long settled, long left, TickFrames.Code code) {}

    /** The first byte and the content of a frame. */
    record Frame(int first, byte[] content) {
        int closeCode() {
            return ByteBuffer.wrap(content).getShort();
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** Connects, and no more. */
    TickClient(InetSocketAddress address, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static TickClient open(InetSocketAddress address) throws IOException {
        TickClient client = new TickClient(address, 64 * 1_024);
        client.upgrade();
        return client;
    }

    void upgrade() throws IOException {
        write(("GET /words HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no upgrade: " + head);
        }
    }

    static byte[] word(long session, long ticks, Bytes word) {
        return ByteBuffer.allocate(TickFrames.WORD_SIZE).order(ByteOrder.LITTLE_ENDIAN).putLong(session)
                .putInt((int) ticks)
                .put(word.view()).array();
    }

    static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    void send(byte[] words) throws IOException {
        write(frame(BINARY, words));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    static byte[] frame(int first, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 14).put((byte) first);
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else if (content.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) content.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(content.length);
        }
        frame.putInt(MASK);
        for (int i = 0; i < content.length; i++) {
            frame.put((byte) (content[i] ^ MASK >>> 24 - 8 * (i & 3)));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    Frame readFrame() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        return new Frame(first, in.readNBytes(length));
    }

    /** So many answers, from as many messages as they come in. */
    List<Answer> answers(int count) throws IOException {
        List<Answer> answers = new ArrayList<>();
        while (answers.size() < count) {
            Frame frame = readFrame();
            if (frame.first != BINARY) {
                throw new IOException("expected answers, got a frame that begins with " + frame.first);
            }
            ByteBuffer bytes = ByteBuffer.wrap(frame.content).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                answers.add(new Answer(bytes.getLong(), bytes.getInt(), bytes.getInt(), bytes.getInt(),
                        TickFrames.Code.values()[bytes.get()]));
            }
        }
        return answers;
    }

    /** Whether the other side has ended the connection, when nothing more comes. */
    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return e.getMessage().contains("reset");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
