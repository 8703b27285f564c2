package io.vilokanam.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.vilokanam.node.offchain.listener.TickFrames;

/**
 * Viewers of a {@link Crowd} on many connections to a tick listener, each session a word a second, evenly over the second. One thread
 * and plain sockets, so that it takes little of the machine that it shares with the node.
 */
final class CrowdLoad implements AutoCloseable {

    private static final int WORDS_A_MESSAGE = 1_000;
    private static final int MASK = 0x5aa5_0ff0;
    private static final int HEADER = 8;
    private static final int PING = 0x89;
    /** After so many messages answers are read. */
    private static final int QUEUED = 64;
    private static final int PONG = 0x8a;
    private static final int SECONDS_WAITING = 4;
    private static final int READ = 64 * 1_024;
    private static final int LATENCIES = 1 << 20;
    private static final byte[] REQUEST = ("GET /words HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\n"
            + "upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    /** What came of a time of sending. */
    record Outcome(long sent, long skipped, long[] answers, double medianMillis, double p99Millis, double maxMillis) {

        long accepted() {
            return answers[TickFrames.Code.ACCEPTED.ordinal()];
        }

        long other() {
            return Arrays.stream(answers).sum() - accepted();
        }
    }

    private final Crowd crowd;
    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ).order(ByteOrder.LITTLE_ENDIAN);
    private final long[] answers = new long[TickFrames.Code.values().length];
    private final long[] latencies = new long[LATENCIES];
    private int measured;
    private long sent;
    private long skipped;
    private long begun;

    private CrowdLoad(Crowd crowd) throws IOException {
        this.crowd = crowd;
    }

    /** Opens the connections; sessions are spread evenly over them. */
    static CrowdLoad connect(Crowd crowd, int port, int sessions, int connections) throws IOException {
        CrowdLoad load = new CrowdLoad(crowd);
        for (int i = 0; i < connections; i++) {
            load.connections.add(new Connection(port, (long) sessions * i / connections,
                    (long) sessions * (i + 1) / connections));
        }
        for (Connection connection : load.connections) {
            connection.awaitUpgrade();
            connection.channel.configureBlocking(false);
            connection.key = connection.channel.register(load.selector, SelectionKey.OP_READ, connection);
        }
        return load;
    }

    /**
     * Releases words {@code firstTick} and on, one each {@code everyMillis}.
     *
     * @param ask called each second, between two words
     */
    Outcome run(int firstTick, int words, int everyMillis, Runnable ask) throws IOException {
        Arrays.fill(answers, 0);
        measured = 0;
        sent = 0;
        skipped = 0;
        begun = System.nanoTime();
        int due = 0;
        long total = (long) words * connections.size();
        for (long done = 0; done < total;) {
            long now = System.nanoTime();
            long target = Math.min(total, (long) ((now - begun) / 1e6 / everyMillis * connections.size()) + 1);
            while (done < target) {
                Connection next = connections.get((int) (done % connections.size()));
                queue(next, firstTick + (int) (done / connections.size()), System.nanoTime());
                done++;
                if (done % QUEUED == 0) {
                    // Who is late reads answers all the same: else the node would stop reading, too.
                    poll(0);
                }
            }
            poll(done < total ? 1 : 0);
            if ((now - begun) / 1_000_000_000L > due) {
                due++;
                ask.run();
            }
        }
        long end = System.nanoTime() + 10_000_000_000L;
        while (Arrays.stream(answers).sum() < sent && System.nanoTime() < end) {
            poll(10);
        }
        long[] sorted = Arrays.copyOf(latencies, Math.min(measured, LATENCIES));
        Arrays.sort(sorted);
        return new Outcome(sent, skipped, answers.clone(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    /** Each session releases word {@code tick}, as fast as the node answers, so many connections at a time. */
    long all(int tick, int atOnce) throws IOException {
        Arrays.fill(answers, 0);
        sent = 0;
        for (int first = 0; first < connections.size(); first += atOnce) {
            for (Connection connection : connections.subList(first, Math.min(first + atOnce, connections.size()))) {
                queue(connection, tick, System.nanoTime());
            }
            while (Arrays.stream(answers).sum() < sent) {
                poll(10);
            }
        }
        return answers[TickFrames.Code.ACCEPTED.ordinal()];
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }

    private void queue(Connection to, int tick, long now) throws IOException {
        if (!to.hasRoom()) {
            // What was not sent in time is not sent at all: the next word is worth more.
            skipped += to.end - to.first;
            return;
        }
        for (long first = to.first; first < to.end; first += WORDS_A_MESSAGE) {
            int words = (int) Math.min(WORDS_A_MESSAGE, to.end - first);
            ByteBuffer message = to.message(words);
            for (int i = 0; i < words; i++) {
                byte[] word = to.word;
                ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).putLong(first + i).putInt(tick);
                crowd.copyWord(first + i, tick, word, 12);
                message.put(word);
            }
            to.mask(message);
            sent += words;
            to.pendingSince = to.awaited == 0 ? now : to.pendingSince;
            to.awaited += words;
        }
        write(to);
    }

    private static void write(Connection to) throws IOException {
        to.out.flip();
        to.channel.write(to.out);
        to.key.interestOps(to.out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        to.out.compact();
    }

    private void poll(int millis) throws IOException {
        if (millis == 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, millis);
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isWritable()) {
                write(connection);
            }
            if (key.isReadable()) {
                read(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers come in messages whose borders do not matter here, but for their heads. */
    private void read(Connection from) throws IOException {
        in.clear();
        if (from.channel.read(in) < 0) {
            throw new IOException("the node closed a connection, " + from.lastCode);
        }
        in.flip();
        while (in.hasRemaining()) {
            int code = from.next(in.get());
            if (code >= 0) {
                answers[code]++;
                from.awaited--;
                if (from.awaited == 0 && measured < LATENCIES) {
                    latencies[measured++] = System.nanoTime() - from.pendingSince;
                }
            }
            int skip = Math.min(from.skippable(), in.remaining());
            in.position(in.position() + skip);
            from.skipped(skip);
        }
        if (from.isAsked && from.out.remaining() >= HEADER) {
            from.isAsked = false;
            from.out.put((byte) PONG).put((byte) 0x80).putInt(MASK);
            write(from);
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private static final class Connection {

        private final SocketChannel channel;
        private final long first;
        private final long end;
        private final byte[] word = new byte[TickFrames.WORD_SIZE];
        private final ByteBuffer out;
        private SelectionKey key;
        private long awaited;
        private long pendingSince;
        private int messageAt;
        /** How much of the message's head was read: first byte, length, and two more of longer ones. */
        private int head;
        private int length;
        private int inAnswer;
        private String lastCode = "";
        /** Whether the node has asked if anybody is there. */
        private boolean isAsked;

        Connection(int port, long first, long end) throws IOException {
            this.first = first;
            this.end = end;
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(REQUEST));
            int words = (int) (end - first);
            out = ByteBuffer.allocate(
                    SECONDS_WAITING * (words * TickFrames.WORD_SIZE + (words / WORDS_A_MESSAGE + 1) * HEADER));
        }

        void awaitUpgrade() throws IOException {
            StringBuilder answer = new StringBuilder();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (answer.indexOf("\r\n\r\n") < 0) {
                if (channel.read(one.clear()) < 0) {
                    throw new IOException("no WebSocket: " + answer);
                }
                answer.append((char) one.get(0));
            }
            if (!answer.toString().startsWith("HTTP/1.1 101")) {
                throw new IOException("no WebSocket: " + answer);
            }
        }

        /** Whether the words of a second fit beside those that wait. */
        boolean hasRoom() {
            return out.remaining() >= out.capacity() / SECONDS_WAITING;
        }

        ByteBuffer message(int words) {
            int size = words * TickFrames.WORD_SIZE;
            out.put((byte) 0x82);
            if (size < 126) {
                out.put((byte) (0x80 | size));
            } else {
                out.put((byte) (0x80 | 126)).putShort((short) size);
            }
            out.putInt(MASK);
            messageAt = out.position();
            return out;
        }

        void mask(ByteBuffer message) {
            for (int i = messageAt; i + 4 <= message.position(); i += 4) {
                message.putInt(i, message.getInt(i) ^ MASK);
            }
        }

        /** The next byte of an answer; answers its code where it is the last one, or -1. */
        int next(byte value) {
            if (length == 0) {
                head(value & 0xff);
                return -1;
            }
            length--;
            inAnswer++;
            if (inAnswer == TickFrames.ANSWER_SIZE) {
                inAnswer = 0;
                return value;
            }
            return -1;
        }

        private void head(int value) {
            head++;
            if (head == 1 && value == PING) {
                isAsked = true;
            } else if (head == 1 && value != 0x82) {
                lastCode = "first byte of a message: " + value;
            } else if (head == 2 && value < 126) {
                length = value;
                head = 0;
            } else if (head == 3) {
                inAnswer = value;
            } else if (head == 4) {
                length = inAnswer << 8 | value;
                inAnswer = 0;
                head = 0;
            }
        }

        /** So many bytes that follow are of no interest. */
        int skippable() {
            return length == 0 ? 0 : Math.min(length - 1, TickFrames.ANSWER_SIZE - 1 - inAnswer);
        }

        void skipped(int bytes) {
            length -= bytes;
            inAnswer += bytes;
        }
    }
}
