package io.vilokanam.node.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.vilokanam.node.measure.Histogram;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.rpc.method.RpcObserver;

/** Counts RPC calls and sessions under the names of stock nodes. Safe for several threads. */
public final class RpcMetrics implements RpcObserver {

    /** Microseconds of calls, and seconds of sessions, as stock nodes have both. */
    private static final double[] BOUNDS = {5, 25, 100, 500, 1_000, 2_500, 10_000, 25_000, 100_000, 1_000_000,
            10_000_000};

    /** Calls of one method over one protocol; the server tells of its own methods alone, so there are not many. */
    private record Kind(String method, Protocol protocol, boolean wasDelayed) {}

    private record Finished(LongAdder succeeded, LongAdder failed, Histogram micros) {}

    private final Map<Kind, Finished> finished = new ConcurrentHashMap<>();
    private final Measures.Family<LongAdder> starts;
    private final Measures.Family<LongAdder> ends;
    private final Measures.Family<Histogram> times;
    private final LongAdder sessionsOpened;
    private final LongAdder sessionsClosed;
    private final Histogram sessionSeconds;

    public RpcMetrics(Measures measures) {
        starts = measures.counters("substrate_rpc_calls_started", "protocol", "method");
        ends = measures.counters("substrate_rpc_calls_finished", "protocol", "method", "is_rate_limited", "is_error");
        times = measures.histograms("substrate_rpc_calls_time", BOUNDS, "protocol", "method", "is_rate_limited");
        sessionsOpened = measures.counters("substrate_rpc_sessions_opened").of();
        sessionsClosed = measures.counters("substrate_rpc_sessions_closed").of();
        sessionSeconds = measures.histograms("substrate_rpc_sessions_time", BOUNDS, "protocol").of("ws");
    }

    private static String label(Protocol protocol) {
        return switch (protocol) {
            case HTTP -> "http";
            case WS -> "ws";
        };
    }

    private Finished finished(Kind kind) {
        String protocol = label(kind.protocol());
        String delayed = Boolean.toString(kind.wasDelayed());
        return new Finished(ends.of(protocol, kind.method(), delayed, "false"),
                ends.of(protocol, kind.method(), delayed, "true"), times.of(protocol, kind.method(), delayed));
    }

    @Override
    public void callStarted(Protocol protocol, String name) {
        starts.of(label(protocol), name).increment();
    }

    @Override
    public void callFinished(FinishedCall call) {
        Finished kind = finished.computeIfAbsent(new Kind(call.method(), call.protocol(), call.wasDelayed()),
                this::finished);
        (call.isError() ? kind.failed() : kind.succeeded()).increment();
        kind.micros().record(TimeUnit.NANOSECONDS.toMicros(call.took().toNanos()));
    }

    @Override
    public void sessionOpened() {
        sessionsOpened.increment();
    }

    @Override
    public void sessionClosed(Duration lasted) {
        sessionsClosed.increment();
        sessionSeconds.record(lasted.toSeconds());
    }
}
