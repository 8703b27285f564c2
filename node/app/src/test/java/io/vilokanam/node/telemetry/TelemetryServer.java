package io.vilokanam.node.telemetry;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** A server that keeps what nodes tell it. */
final class TelemetryServer implements AutoCloseable {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final ServerSocket socket;
    private final AtomicReference<Socket> last = new AtomicReference<>();

    TelemetryServer() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                last.set(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; DataInputStream in = new DataInputStream(client.getInputStream())) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            requests.add(head.toString());
            String key = head.toString().lines().filter(line -> line.toLowerCase().startsWith("sec-websocket-key:"))
                    .findFirst().orElseThrow().split(":")[1].strip();
            String accept = Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
            OutputStream out = client.getOutputStream();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            while (true) {
                messages.add(frame(in));
            }
        } catch (EOFException | SocketException ended) {
            messages.add("ended");
        } catch (IOException | NoSuchAlgorithmException e) {
            messages.add("failed: " + e.getMessage());
        }
    }

    /** The kind of a frame and its text. */
    private static String frame(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte() & 15;
        int length = in.readUnsignedByte() & 127;
        long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] mask = in.readNBytes(4);
        byte[] content = in.readNBytes((int) size);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
        }
        return kind + " " + new String(content, StandardCharsets.UTF_8);
    }

    /** Cuts the newest connection. */
    void drop() throws IOException {
        last.get().close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        if (last.get() != null) {
            last.get().close();
        }
    }
}
