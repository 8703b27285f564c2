package io.vilokanam.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Clients that each send a request over HTTP as soon as the one before is answered. */
final class RpcLoad {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int SAMPLES_MAX = 1 << 20;

    /** What was measured; times in milliseconds. */
    record Figures(double requestsPerSecond, double median, double p99) {}

    private RpcLoad() {}

    /** {@code requests}: the body of the n-th request of a client. */
    static Figures measure(int port, int clients, Duration time, IntFunction<String> requests)
            throws IOException, InterruptedException {
        List<Callable<long[]>> tasks = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; i < clients; i++) {
            int first = i * 7919;
            tasks.add(() -> client(port, end, first, requests));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<long[]> nanos = new ArrayList<>();
            for (Future<long[]> client : threads.invokeAll(tasks)) {
                nanos.add(client.get());
            }
            long[] all = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Figures(all.length / (time.toNanos() / 1e9), all[all.length / 2] / 1e6,
                    all[(int) (all.length * 0.99)] / 1e6);
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e.getCause());
        }
    }

    private static long[] client(int port, long end, int first, IntFunction<String> requests) throws IOException {
        long[] nanos = new long[SAMPLES_MAX];
        int count = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            OutputStream out = socket.getOutputStream();
            for (long begin = System.nanoTime(); begin < end && count < SAMPLES_MAX; begin = System.nanoTime()) {
                out.write(http(port, requests.apply(first + count)));
                String answer = answer(in);
                nanos[count++] = System.nanoTime() - begin;
                if (answer.contains("\"error\"")) {
                    throw new IOException("answered with " + answer);
                }
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    /** One request on a connection of its own. */
    static String ask(int port, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(http(port, body));
            return answer(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
        }
    }

    private static byte[] http(int port, String body) {
        return ("POST / HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String answer(DataInputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
