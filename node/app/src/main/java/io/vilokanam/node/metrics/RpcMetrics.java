package io.vilokanam.node.metrics;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.vilokanam.rpc.method.RpcObserver;

/**
 * Counts RPC calls and sessions and writes them in Prometheus' text form, under the names of stock nodes: some of those are
 * counters without {@code _total}, which a registry would not write. Safe for several threads.
 */
public final class RpcMetrics implements RpcObserver {

    /** Microseconds. */
    private static final long[] BUCKETS = {5, 25, 100, 500, 1_000, 2_500, 10_000, 25_000, 100_000, 1_000_000,
            10_000_000};

    /** Calls of one method over one protocol; the server tells of its own methods alone, so there are not many. */
    private record Kind(String method, Protocol protocol, boolean wasDelayed) implements Comparable<Kind> {

        private static final Comparator<Kind> ORDER = Comparator.comparing(Kind::method).thenComparing(Kind::protocol)
                .thenComparing(Kind::wasDelayed);

        @Override
        public int compareTo(Kind other) {
            return ORDER.compare(this, other);
        }

        private String labels(String common) {
            return common + ",protocol=\"" + switch (protocol) {
                case HTTP -> "http";
                case WS -> "ws";
            } + "\",method=\"" + method + "\"";
        }

        private String labelsWithDelay(String common) {
            return labels(common) + ",is_rate_limited=\"" + wasDelayed + "\"";
        }
    }

    private static final class Finished {
        private final LongAdder succeeded = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final Histogram micros = new Histogram();
    }

    private static final class Histogram {
        private final LongAdder count = new LongAdder();
        private final LongAdder sum = new LongAdder();
        private final LongAdder[] upTo = new LongAdder[BUCKETS.length];

        private Histogram() {
            for (int i = 0; i < upTo.length; i++) {
                upTo[i] = new LongAdder();
            }
        }

        private void record(long value) {
            count.increment();
            sum.add(value);
            for (int i = 0; i < BUCKETS.length; i++) {
                if (value <= BUCKETS[i]) {
                    upTo[i].increment();
                }
            }
        }

        private void appendTo(StringBuilder text, String name, String labels) {
            for (int i = 0; i < BUCKETS.length; i++) {
                line(text, name + "_bucket", labels + ",le=\"" + BUCKETS[i] + "\"", upTo[i].sum());
            }
            line(text, name + "_bucket", labels + ",le=\"+Inf\"", count.sum());
            line(text, name + "_sum", labels, sum.sum());
            line(text, name + "_count", labels, count.sum());
        }
    }

    private final Map<Kind, LongAdder> started = new ConcurrentHashMap<>();
    private final Map<Kind, Finished> finished = new ConcurrentHashMap<>();
    private final LongAdder sessionsOpened = new LongAdder();
    private final LongAdder sessionsClosed = new LongAdder();
    private final Histogram sessionSeconds = new Histogram();

    @Override
    public void callStarted(Protocol protocol, String name) {
        started.computeIfAbsent(new Kind(name, protocol, false), _ -> new LongAdder()).increment();
    }

    @Override
    public void callFinished(FinishedCall call) {
        Finished kind = finished.computeIfAbsent(new Kind(call.method(), call.protocol(), call.wasDelayed()),
                _ -> new Finished());
        (call.isError() ? kind.failed : kind.succeeded).increment();
        kind.micros.record(TimeUnit.NANOSECONDS.toMicros(call.took().toNanos()));
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

    /** Writes all that was counted; {@code common} are the labels that every series has. */
    void appendTo(StringBuilder text, String common) {
        text.append("# TYPE substrate_rpc_calls_started counter\n");
        new TreeMap<>(started).forEach((kind, count) -> line(text, "substrate_rpc_calls_started", kind.labels(common),
                count.sum()));
        Map<Kind, Finished> sorted = new TreeMap<>(finished);
        text.append("# TYPE substrate_rpc_calls_finished counter\n");
        sorted.forEach((kind, calls) -> {
            String labels = kind.labelsWithDelay(common);
            line(text, "substrate_rpc_calls_finished", labels + ",is_error=\"false\"", calls.succeeded.sum());
            line(text, "substrate_rpc_calls_finished", labels + ",is_error=\"true\"", calls.failed.sum());
        });
        text.append("# TYPE substrate_rpc_calls_time histogram\n");
        sorted.forEach((kind, calls) -> calls.micros.appendTo(text, "substrate_rpc_calls_time",
                kind.labelsWithDelay(common)));
        text.append("# TYPE substrate_rpc_sessions_opened counter\n");
        line(text, "substrate_rpc_sessions_opened", common, sessionsOpened.sum());
        text.append("# TYPE substrate_rpc_sessions_closed counter\n");
        line(text, "substrate_rpc_sessions_closed", common, sessionsClosed.sum());
        text.append("# TYPE substrate_rpc_sessions_time histogram\n");
        sessionSeconds.appendTo(text, "substrate_rpc_sessions_time", common + ",protocol=\"ws\"");
    }

    private static void line(StringBuilder text, String name, String labels, long value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
