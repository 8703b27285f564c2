package io.vilokanam.node.rpc;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket that reads only when it is told to; what it is sent meanwhile is the server's trouble. */
final class PlainWebSocket implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** {@code receiveBuffer}: how many bytes the kernel takes that are not read. */
    PlainWebSocket(int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET / HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
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

    /** Calls without waiting for the answer. */
    void send(String method, String params) throws IOException {
        byte[] text = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}")
                .getBytes(StandardCharsets.UTF_8);
        if (text.length >= TWO_BYTES) {
            throw new IllegalArgumentException("a call of " + text.length + " bytes");
        }
        // A mask of zeros.
        out.write(new byte[]{(byte) TEXT, (byte) (MASKED | text.length), 0, 0, 0, 0});
        out.write(text);
        out.flush();
    }

    /** The next message. */
    String read() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == TWO_BYTES) {
                length = in.readUnsignedShort();
            } else if (length == EIGHT_BYTES) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] content = in.readNBytes(length);
            if (first == TEXT) {
                return new String(content, StandardCharsets.UTF_8);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
