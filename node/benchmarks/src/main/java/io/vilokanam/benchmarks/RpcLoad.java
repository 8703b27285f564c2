package io.vilokanam.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Clients that each send a request over HTTP as soon as the one before is answered. One thread serves them all, and looks at an
 * answer's bytes only as far as it must: what is measured shares its processors with this.
 */
final class RpcLoad implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int SAMPLES_MAX = 1 << 22;
    private static final int ANSWER_BYTES_MAX = 16 << 20;
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] HEADER_END = ascii("\r\n\r\n");
    private static final byte[] ERROR = ascii("\"error\"");

    /** What was measured; times in milliseconds. */
    record Figures(int requests, double requestsPerSecond, double median, double p99) {}

    /**
     * What is sent: so many different requests, all made before the measurement.
     *
     * @param isOnce whether each is sent once, and the measurement ends with the last answer; else all are sent in turn until the
     * time is over
     * @param body of the n-th
     */
    record Requests(int count, boolean isOnce, IntFunction<String> body) {}

    private static final class Client {
        private final SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(1 << 16);
        private long begin;
        /** Where the answer that comes ends; 0: not known. */
        private int end;

        private Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Selector selector = Selector.open();
    private final boolean isOnce;
    private final ByteBuffer[] requests;
    private final long[] nanos = new long[SAMPLES_MAX];
    private int sent;
    private int count;

    private RpcLoad(int port, Requests requests) throws IOException {
        this.isOnce = requests.isOnce;
        this.requests = new ByteBuffer[requests.count];
        Arrays.setAll(this.requests, n -> {
            byte[] request = http(port, requests.body.apply(n));
            return ByteBuffer.allocateDirect(request.length).put(request).flip();
        });
    }

    static Figures measure(int port, int clients, Duration time, Requests requests) throws IOException {
        try (RpcLoad load = new RpcLoad(port, requests)) {
            return load.run(port, clients, time);
        }
    }

    private Figures run(int port, int clients, Duration time) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            Client client = new Client(channel);
            channel.register(selector, SelectionKey.OP_READ, client);
            send(client);
        }
        while (isOnce ? count < requests.length
                : System.nanoTime() - start < time.toNanos() && count < SAMPLES_MAX - clients) {
            if (selector.select(key -> receive((Client) key.attachment()), TIMEOUT_MILLIS) == 0) {
                throw new IOException("no answer within " + TIMEOUT_MILLIS + " ms");
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = Arrays.copyOf(nanos, count);
        Arrays.sort(all);
        return new Figures(count, count / seconds, all[count / 2] / 1e6, all[(int) (count * 0.99)] / 1e6);
    }

    private void send(Client client) throws IOException {
        if (isOnce && sent == requests.length) {
            return;
        }
        ByteBuffer request = requests[sent++ % requests.length].duplicate();
        client.begin = System.nanoTime();
        while (request.hasRemaining()) {
            client.channel.write(request);
        }
    }

    private void receive(Client client) {
        try {
            if (client.channel.read(client.in) < 0) {
                throw new IOException("the node closed a connection");
            }
            if (client.end == 0) {
                client.end = end(client.in);
                if (client.end > client.in.capacity()) {
                    client.in = ByteBuffer.allocate(client.end).put(client.in.flip());
                }
            }
            if (client.end > 0 && client.in.position() >= client.end) {
                nanos[count++] = System.nanoTime() - client.begin;
                if (find(client.in.array(), client.end, ERROR) >= 0) {
                    throw new IOException("answered with "
                            + new String(client.in.array(), 0, client.end, StandardCharsets.ISO_8859_1));
                }
                client.in.clear();
                client.end = 0;
                send(client);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an answer ends by its header; 0 while that is not here yet. */
    private static int end(ByteBuffer in) throws IOException {
        int header = find(in.array(), in.position(), HEADER_END);
        if (header < 0) {
            return 0;
        }
        int at = find(in.array(), header, LENGTH);
        if (at < 0) {
            throw new IOException("an answer without content-length");
        }
        int length = 0;
        for (at += LENGTH.length; in.get(at) != '\r'; at++) {
            length = Math.min(ANSWER_BYTES_MAX, 10 * length + in.get(at) - '0');
        }
        return header + HEADER_END.length + length;
    }

    /** The first place of some text, in lower case, within the first 256 bytes where errors and header fields stand. */
    private static int find(byte[] bytes, int end, byte[] text) {
        int last = Math.min(end, 256) - text.length;
        for (int i = 0; i <= last; i++) {
            int same = 0;
            while (same < text.length
                    && (bytes[i + same] | (bytes[i + same] >= 'A' && bytes[i + same] <= 'Z' ? 32 : 0)) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] http(int port, String body) {
        return ascii(
                "POST / HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
