package io.vilokanam.rpc.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that can also send what no proper client would. Waits at most ten seconds for anything. */
public final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MASK = 0x1234_abcd;

    /** An HTTP answer; the names of its headers in lower case. */
    public record HttpAnswer(int status, Map<String, String> headers, String body) {}

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    public RawClient(int port) throws IOException {
        this(port, 64 * 1024);
    }

    RawClient(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    public static RawClient webSocket(int port) throws IOException {
        return upgraded(new RawClient(port), port);
    }

    /** Whose kernel takes hardly anything that it does not read. */
    static RawClient slowWebSocket(int port) throws IOException {
        return upgraded(new RawClient(port, 4096), port);
    }

    private static RawClient upgraded(RawClient client, int port) throws IOException {
        HttpAnswer answer = client.upgrade(port);
        if (answer.status != 101) {
            throw new IOException("no upgrade: " + answer);
        }
        return client;
    }

    HttpAnswer upgrade(int port) throws IOException {
        return http("GET / HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    HttpAnswer post(int port, String body) throws IOException {
        return http(
                "POST / HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    HttpAnswer http(String request) throws IOException {
        send(request.getBytes(StandardCharsets.UTF_8));
        return readHttp();
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    HttpAnswer readHttp() throws IOException {
        String status = line();
        var headers = new TreeMap<String, String>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).trim());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new HttpAnswer(Integer.parseInt(status.split(" ")[1]), headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("after: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** Sends a text message in one frame. */
    public void sendText(String text) throws IOException {
        send(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] frame(int firstByte, byte[] content) {
        var frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        int length = content.length;
        if (length < 126) {
            frame.write(0x80 | length);
        } else if (length < 1 << 16) {
            frame.write(0x80 | 126);
            frame.write(length >> 8);
            frame.write(length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) length >> shift));
            }
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(MASK >>> shift);
        }
        for (int i = 0; i < length; i++) {
            frame.write(content[i] ^ MASK >>> 24 - 8 * (i & 3));
        }
        return frame.toByteArray();
    }

    /** The first byte and the content of the next frame. */
    Frame readFrame() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        return new Frame(first, in.readNBytes(length));
    }

    record Frame(int firstByte, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** The text of the next frame that is a message. */
    public String readText() throws IOException {
        Frame frame = readFrame();
        while (frame.firstByte != 0x81) {
            frame = readFrame();
        }
        return frame.text();
    }

    /** All that comes until the server closes the connection. */
    byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Whether the server closed the connection. */
    boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return e.getMessage().contains("reset");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
