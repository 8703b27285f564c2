package io.vilokanam.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.node.offchain.listener.TickFrames;
import io.vilokanam.node.offchain.listener.TickListener;
import io.vilokanam.node.offchain.listener.TickListenerOptions;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.TickCollector;

/**
 * Many viewers on a few connections against the collector's listener, in one process with it: both sides, and hashing, share
 * the machine's cores.
 *
 * <p>Arguments: sessions, connections, rounds; each session releases a word a round.
 */
public final class TickLoad {

    private static final int WORDS_A_MESSAGE = 256;
    private static final long ROUND_SECONDS_MAX = 60;
    private static final double NANOS = 1e9;
    private static final int STREAMS = 100;

    private final int sessions;
    private final Crowd crowd;

    private TickLoad(int sessions, int rounds) {
        this.sessions = sessions;
        // As if all had watched for so long already: however fast the rounds are, no word comes ahead of time.
        this.crowd = new Crowd(STREAMS, rounds, System.currentTimeMillis() - rounds * 1_000L);
    }

    public static void main(String[] arguments) throws Exception {
        int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
        new TickLoad(sessions, rounds).run(connections, rounds);
    }

    private void run(int connections, int rounds) throws Exception {
        long before = usedBytes();
        TickCollector collector = new TickCollector(crowd, RowStore.NONE, Clock.systemUTC(),
                new CollectorOptions(2 * sessions + 64, 4_096));
        collector.onBestBlock(1, Crowd.LIMITS);
        for (long id = 0; id < sessions; id++) {
            collector.look(id);
        }
        collector.flush();
        line("%,d sessions: %.0f bytes of heap each", sessions, (double) (usedBytes() - before) / sessions);
        TickListenerOptions options = TickListenerOptions.STANDARD.withConnectionRate(1_000_000, 10_000_000);
        try (TickListener listener = new TickListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                collector,
                options, () -> System.nanoTime() / 1_000);
                HttpClient http = HttpClient.newHttpClient()) {
            listener.start();
            List<Connection> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Connection client = new Connection((long) sessions * i / connections,
                        (long) sessions * (i + 1) / connections);
                client.socket = http.newWebSocketBuilder().buildAsync(
                        URI.create("ws://127.0.0.1:" + listener.address().getPort() + "/"), client).join();
                clients.add(client);
            }
            for (int tick = 1; tick <= rounds; tick++) {
                round(clients, tick);
            }
            // The HTTP client would wait for their ends.
            clients.forEach(client -> client.socket.abort());
        }
    }

    private void round(List<Connection> clients, int tick) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(clients.size());
        long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
        long begun = System.nanoTime();
        for (Connection client : clients) {
            client.begin(tick, done);
        }
        if (!done.await(ROUND_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("round " + tick + " was not answered within " + ROUND_SECONDS_MAX + " s");
        }
        double seconds = (System.nanoTime() - begun) / NANOS;
        double cpuSeconds = (ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - cpu) / NANOS;
        long[] times = clients.stream().flatMapToLong(client -> Arrays.stream(client.times)).sorted().toArray();
        int refused = clients.stream().mapToInt(client -> client.refused.get()).sum();
        line("round %d: %,.0f words/s, %,.0f words a core second with the clients' work, answered in %.1f ms (median) %.1f ms"
                + " (p99), %d not accepted", tick, sessions / seconds, sessions / cpuSeconds,
                times[times.length / 2] / 1e6,
                times[(int) (times.length * 0.99)] / 1e6, refused);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A client with the words of many sessions; one message is on its way at a time, as a relay would bundle them. */
    private final class Connection implements WebSocket.Listener {

        private final long first;
        private final long end;
        private final AtomicInteger refused = new AtomicInteger();
        private WebSocket socket;
        private final byte[] word = new byte[Sha2Chain.WORD];
        private int tick;
        private CountDownLatch done;
        private long next;
        private int awaited;
        private long sentAt;
        private long[] times;
        private int messages;
        private int pending;
        private byte[] partial = new byte[0];

        Connection(long first, long end) {
            this.first = first;
            this.end = end;
        }

        synchronized void begin(int newTick, CountDownLatch whenDone) {
            tick = newTick;
            done = whenDone;
            next = first;
            messages = 0;
            times = new long[(int) ((end - first + WORDS_A_MESSAGE - 1) / WORDS_A_MESSAGE)];
            sendNext();
        }

        private void sendNext() {
            awaited = (int) Math.min(WORDS_A_MESSAGE, end - next);
            ByteBuffer message = ByteBuffer.allocate(awaited * TickFrames.WORD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < awaited; i++) {
                crowd.copyWord(next, tick, word, 0);
                message.putLong(next++).putInt(tick).put(word);
            }
            pending = awaited;
            sentAt = System.nanoTime();
            socket.sendBinary(message.flip(), true);
        }

        @Override
        public synchronized CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean isLast) {
            byte[] bytes = Arrays.copyOf(partial, partial.length + part.remaining());
            part.get(bytes, partial.length, bytes.length - partial.length);
            int whole = bytes.length / TickFrames.ANSWER_SIZE;
            for (int i = 1; i <= whole; i++) {
                if (bytes[i * TickFrames.ANSWER_SIZE - 1] != TickFrames.Code.ACCEPTED.ordinal()) {
                    refused.incrementAndGet();
                }
            }
            partial = Arrays.copyOfRange(bytes, whole * TickFrames.ANSWER_SIZE, bytes.length);
            pending -= whole;
            if (pending == 0) {
                times[messages++] = System.nanoTime() - sentAt;
                if (next < end) {
                    sendNext();
                } else {
                    done.countDown();
                }
            }
            from.request(1);
            return null;
        }
    }
}
