package io.vilokanam.node.keystore;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** One JSON object a line, both ways. */
final class SignerConnection implements Closeable {

    /** A longer line is no request and no answer. */
    static final int LINE_BYTES_MAX = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(4096).flip();

    SignerConnection(SocketChannel channel) {
        this.channel = channel;
    }

    void write(JsonNode message) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** The next object; {@link EOFException} where the other side has gone. */
    JsonNode read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '\n') {
                    return JSON.readTree(line.toByteArray());
                }
                if (line.size() == LINE_BYTES_MAX) {
                    throw new IOException("a line is longer than " + LINE_BYTES_MAX + " bytes");
                }
                line.write(next);
            }
            in.clear();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                throw new EOFException("the other side closed the connection");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
