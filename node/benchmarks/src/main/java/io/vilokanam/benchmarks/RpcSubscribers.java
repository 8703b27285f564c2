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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many WebSocket connections that each subscribe to new heads and then only listen, served by one thread. What is measured of a
 * node that authors blocks: how soon a head that the first of them has is with all others, and what they cost the node.
 */
final class RpcSubscribers implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int FRAME_BYTES_MAX = 4096;
    private static final int MASK_BIT = 0x80;
    private static final int TEXT = 0x81;
    private static final int PING = 0x9;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final Pattern NUMBER = Pattern.compile("\"number\":\"0x([0-9a-f]+)\"");
    private static final String SUBSCRIBE = RpcClient.request("chain_subscribeNewHeads", "[]");

    /**
     * What was measured.
     *
     * @param medianMillis from the first subscriber's head to the median one's
     * @param p99Millis to the 99th of a hundred
     * @param processorMillis of the node for each head, less what a head costs without subscribers
     * @param kibibytes of resident memory for each subscriber
     */
    record Figures(double medianMillis, double p99Millis, double processorMillis, double kibibytes) {}

    private static final class Listener {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(FRAME_BYTES_MAX);
        private boolean isOpen;
        /** Whether the head that there was at the beginning has come. */
        private boolean hears;

        private Listener(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Selector selector = Selector.open();
    /** By the number of the head. */
    private final TreeMap<Long, List<Long>> arrivals = new TreeMap<>();
    private int listening;
    /** The newest head when all had begun to listen: those behind it count. */
    private long newest;

    private RpcSubscribers() throws IOException {}

    /** The node authors blocks; {@code heads}: the measurement takes as long as so many blocks. */
    static Figures measure(RunningProgram node, int port, int subscribers, int heads, Duration blockTime)
            throws IOException, InterruptedException {
        Duration time = blockTime.multipliedBy(heads);
        Thread.sleep(time); // What happens once, at the start, is not looked at.
        Duration idle = node.processorTime();
        Thread.sleep(time);
        idle = node.processorTime().minus(idle);
        long before = node.residentKibibytes();
        try (RpcSubscribers all = new RpcSubscribers()) {
            all.open(port, subscribers);
            all.listen(blockTime.multipliedBy(2));
            Duration begin = node.processorTime();
            all.listen(time);
            Duration used = node.processorTime().minus(begin);
            double kibibytes = (node.residentKibibytes() - before) / (double) subscribers;
            return all.figures(subscribers, used.minus(idle).toNanos() / 1e6 / heads, kibibytes);
        }
    }

    private void open(int port, int count) throws IOException {
        byte[] upgrade = ("GET / HTTP/1.1\r\nhost: 127.0.0.1:" + port
                + "\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.write(ByteBuffer.wrap(upgrade));
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Listener(channel));
        }
        long end = System.nanoTime() + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
        while (listening < count) {
            select(end);
            if (System.nanoTime() > end) {
                throw new IOException("only " + listening + " of " + count + " subscribers hear of heads");
            }
        }
        newest = arrivals.lastKey();
    }

    private void listen(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            select(end);
        }
    }

    private void select(long end) throws IOException {
        selector.select(key -> receive((Listener) key.attachment()),
                Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }

    private void receive(Listener listener) {
        try {
            if (listener.channel.read(listener.in) < 0) {
                throw new IOException("the node closed a connection of a subscriber");
            }
            long now = System.nanoTime();
            listener.in.flip();
            if (!listener.isOpen) {
                readUpgrade(listener);
            }
            Optional<byte[]> text = listener.isOpen ? frame(listener) : Optional.empty();
            while (text.isPresent()) {
                took(listener, new String(text.get(), StandardCharsets.US_ASCII), now);
                text = frame(listener);
            }
            listener.in.compact();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readUpgrade(Listener listener) throws IOException {
        String answer = StandardCharsets.ISO_8859_1.decode(listener.in.duplicate()).toString();
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + answer);
        }
        listener.in.position(listener.in.position() + end + 4);
        listener.isOpen = true;
        send(listener, TEXT, SUBSCRIBE.getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(Listener listener, int firstByte, byte[] content) throws IOException {
        // All-zero masking: what is sent is what stands here.
        ByteBuffer frame = ByteBuffer.allocate(content.length + 6).put((byte) firstByte)
                .put((byte) (MASK_BIT | content.length)).putInt(0).put(content).flip();
        listener.channel.write(frame);
    }

    /** The next text that came whole; pings are answered on the way. */
    private static Optional<byte[]> frame(Listener listener) throws IOException {
        ByteBuffer in = listener.in;
        while (in.remaining() >= 2) {
            in.mark();
            int opcode = in.get() & 15;
            int length = in.get();
            if (length == LENGTH_IN_TWO_BYTES && in.remaining() >= 2) {
                length = in.getShort() & 0xffff;
            }
            if (in.remaining() < length) {
                in.reset();
                return Optional.empty();
            }
            byte[] content = new byte[length];
            in.get(content);
            if (opcode == (TEXT & 15)) {
                return Optional.of(content);
            }
            if (opcode == PING) {
                send(listener, MASK_BIT | PING + 1, content);
            }
        }
        return Optional.empty();
    }

    private void took(Listener listener, String text, long now) {
        Matcher number = NUMBER.matcher(text);
        if (number.find()) {
            if (!listener.hears) {
                listener.hears = true;
                listening++;
            }
            arrivals.computeIfAbsent(Long.parseLong(number.group(1), 16), _ -> new ArrayList<>()).add(now);
        }
    }

    /** Of those heads that all heard of while all listened. */
    private Figures figures(int subscribers, double processorMillis, double kibibytes) throws IOException {
        List<Long> delays = new ArrayList<>();
        for (List<Long> head : arrivals.tailMap(newest, false).values()) {
            if (head.size() == subscribers) {
                long earliest = head.stream().mapToLong(Long::longValue).min().orElseThrow();
                head.forEach(time -> delays.add(time - earliest));
            }
        }
        if (delays.isEmpty()) {
            throw new IOException("no head came to all " + subscribers + " subscribers");
        }
        long[] sorted = delays.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Figures(sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6, processorMillis,
                kibibytes);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
