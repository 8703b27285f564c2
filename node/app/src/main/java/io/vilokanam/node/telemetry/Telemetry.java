package io.vilokanam.node.telemetry;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

/**
 * Sends messages to telemetry servers (substrate-telemetry, sc-telemetry): JSON objects in binary WebSocket messages,
 * {@code {"id":1,"payload":{..},"ts":".."}} with their members in order.
 */
public final class Telemetry implements AutoCloseable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx");
    private static final JsonMapper JSON = new JsonMapper();
    private static final long CLOSE_SECONDS_MAX = 2;

    private final Clock clock;
    private final MultiThreadIoEventLoopGroup loops;
    private final List<TelemetryConnection> connections;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Connections to servers that are not made yet.
     *
     * @param connected what is said first on each connection
     */
    public Telemetry(List<TelemetryEndpoint> endpoints, SortedMap<String, Object> connected, Clock clock,
            RandomGenerator random) {
        this(endpoints, connected, clock, random, TelemetryConnection.Pauses.STANDARD);
    }

    Telemetry(List<TelemetryEndpoint> endpoints, SortedMap<String, Object> connected, Clock clock,
            RandomGenerator random, TelemetryConnection.Pauses pauses) {
        this.clock = clock;
        this.loops = new MultiThreadIoEventLoopGroup(1,
                Thread.ofPlatform().name("telemetry-loop-", 0).daemon().factory(), NioIoHandler.newFactory());
        this.connections = endpoints.stream().map(endpoint -> new TelemetryConnection(endpoint, loops,
                () -> message(connected), random, pauses)).toList();
    }

    /** Begins to connect. */
    public void start() {
        for (TelemetryConnection connection : connections) {
            threads.add(Thread.ofVirtual().name("telemetry").start(() -> run(connection)));
        }
    }

    /** The top of the thread. */
    private static void run(TelemetryConnection connection) {
        try {
            connection.run();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says something to all servers that want as much. Never waits. */
    public void send(int verbosity, SortedMap<String, Object> payload) {
        byte[] message = message(payload);
        connections.forEach(connection -> connection.send(verbosity, message));
    }

    private byte[] message(SortedMap<String, Object> payload) {
        SortedMap<String, Object> message = new TreeMap<>();
        message.put("id", 1);
        message.put("payload", payload);
        message.put("ts", OffsetDateTime.now(clock).format(TIME));
        try {
            return JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and maps of them are always written", e);
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        loops.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
