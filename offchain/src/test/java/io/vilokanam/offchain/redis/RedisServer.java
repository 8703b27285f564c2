package io.vilokanam.offchain.redis;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Redis server of the machine, where it has one, that keeps nothing. */
final class RedisServer {

    private static final long START_NANOS_MAX = 20_000_000_000L;

    private final int port;
    private Process process;

    RedisServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    static Optional<String> executable() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, "redis-server")).filter(File::canExecute).map(File::getPath)
                .findFirst();
    }

    RedisAddress address() {
        return new RedisAddress("127.0.0.1", port, 3);
    }

    void start() throws IOException {
        process = new ProcessBuilder(executable().orElseThrow(), "--port", Integer.toString(port), "--save", "",
                "--appendonly", "no", "--bind", "127.0.0.1").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        long end = System.nanoTime() + START_NANOS_MAX;
        IOException last = new IOException("the Redis server did not start");
        while (System.nanoTime() < end) {
            try (RedisConnection connection = new RedisConnection(address(), 1_000)) {
                connection.ask(RedisConnection.bytes("PING"));
                return;
            } catch (IOException notYet) {
                last = notYet;
                Thread.onSpinWait();
            }
        }
        throw last;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
