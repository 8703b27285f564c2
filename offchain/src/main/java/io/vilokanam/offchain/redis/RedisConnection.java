package io.vilokanam.offchain.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection to a Redis server, with as much of its protocol (RESP 2) as rows of the collector need. Commands and their answers go in
 * order; several commands may be sent before their answers are read. One thread at a time sends and one reads.
 */
final class RedisConnection implements AutoCloseable {

    private static final int BUFFER = 64 * 1_024;
    private static final int CONNECT_MILLIS = 3_000;
    /** Longer texts and lists than these are not read: rows and messages of words are far shorter. */
    private static final int BULK_MAX = 1 << 20;
    private static final int LIST_MAX = 1 << 16;
    private static final int LINE_MAX = 4_096;
    private static final int DEPTH_MAX = 4;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** What a server answers. */
    sealed interface Answer {

        /** A text; empty where there is none. */
        record Text(Optional<byte[]> bytes) implements Answer {}

        record Number(long value) implements Answer {}

        record Items(List<Answer> items) implements Answer {
            public Items {
                items = List.copyOf(items);
            }
        }
    }

    /** @param patienceMillis how long an answer may take; 0: for ever */
    RedisConnection(RedisAddress address, int patienceMillis) throws IOException {
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(patienceMillis);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
            out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
            if (address.database() != 0) {
                ask(bytes("SELECT"), bytes(Integer.toString(address.database())));
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes a command; {@link #flush} sends it. */
    void write(List<byte[]> command) throws IOException {
        out.write(bytes("*" + command.size() + "\r\n"));
        for (byte[] part : command) {
            out.write(bytes("$" + part.length + "\r\n"));
            out.write(part);
            out.write('\r');
            out.write('\n');
        }
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Sends a command and waits for its answer. */
    Answer ask(byte[]... command) throws IOException {
        write(List.of(command));
        flush();
        return read();
    }

    /**
     * The next answer.
     *
     * @throws IOException also where the answer is an error
     */
    Answer read() throws IOException {
        return read(DEPTH_MAX);
    }

    private Answer read(int depth) throws IOException {
        int type = in.readUnsignedByte();
        String line = line();
        return switch (type) {
            case '+' -> new Answer.Text(Optional.of(bytes(line)));
            case '-' -> throw new IOException("Redis answered: " + line);
            case ':' -> new Answer.Number(number(line, Long.MAX_VALUE));
            case '$' -> new Answer.Text(bulk(number(line, BULK_MAX)));
            case '*' -> {
                long count = number(line, LIST_MAX);
                if (depth == 0) {
                    throw new IOException("Redis answered lists in lists in lists");
                }
                List<Answer> items = new ArrayList<>();
                for (long i = 0; i < count; i++) {
                    items.add(read(depth - 1));
                }
                yield new Answer.Items(items);
            }
            default -> throw new IOException("Redis answered with a line that begins with byte " + type);
        };
    }

    private Optional<byte[]> bulk(long length) throws IOException {
        if (length < 0) {
            return Optional.empty();
        }
        byte[] content = in.readNBytes((int) length);
        if (content.length < length) {
            throw new EOFException("Redis closed the connection");
        }
        in.skipNBytes(2);
        return Optional.of(content);
    }

    private static long number(String line, long max) throws IOException {
        try {
            long number = Long.parseLong(line);
            if (number > max) {
                throw new IOException("Redis answered a length of " + number + ", expected at most " + max);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IOException("Redis answered \"" + line + "\", expected a number", e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\r'; next = in.readUnsignedByte()) {
            if (line.length() == LINE_MAX) {
                throw new IOException("Redis answered a line of more than " + LINE_MAX + " bytes");
            }
            line.append((char) next);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
