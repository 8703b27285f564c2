package io.vilokanam.node.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.vilokanam.rpc.method.RpcObserver;

/**
 * Counts RPC calls and sessions and writes them in Prometheus' text form, under the names of stock nodes: some of those are
 * counters without {@code _total}, which a registry would not write. Safe for several threads.
 */
public final class RpcMetrics implements RpcObserver {

    /** Microseconds. */
    private static final long[] BUCKETS = {5, 25, 100, 500, 1_000, 2_500, 10_000, 25_000, 100_000, 1_000_000, 10_000_000};

    /** One method over one protocol; the server tells of its own methods alone, so there are not many. */
    private static final class Method {
        private final LongAdder started = new LongAdder();
        private final LongAdder succeeded = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder micros = new LongAdder();
        private final LongAdder[] upTo = new LongAdder[BUCKETS.length];

        private Method() {
            for (int i = 0; i < upTo.length; i++) {
                upTo[i] = new LongAdder();
            }
        }
    }

    private final Map<String, Method> methods = new ConcurrentSkipListMap<>();
    private final LongAdder sessionsOpened = new LongAdder();
    private final LongAdder sessionsClosed = new LongAdder();

    private Method method(Protocol protocol, String name) {
        String labels = "protocol=\"" + switch (protocol) {
            case HTTP -> "http";
            case WS -> "ws";
        } + "\",method=\"" + name + "\"";
        return methods.computeIfAbsent(labels, _ -> new Method());
    }

    @Override
    public void callStarted(Protocol protocol, String name) {
        method(protocol, name).started.increment();
    }

    @Override
    public void callFinished(Protocol protocol, String name, boolean isError, Duration took) {
        Method method = method(protocol, name);
        (isError ? method.failed : method.succeeded).increment();
        long micros = TimeUnit.NANOSECONDS.toMicros(took.toNanos());
        method.micros.add(micros);
        for (int i = 0; i < BUCKETS.length; i++) {
            if (micros <= BUCKETS[i]) {
                method.upTo[i].increment();
            }
        }
    }

    @Override
    public void sessionOpened() {
        sessionsOpened.increment();
    }

    @Override
    public void sessionClosed(Duration lasted) {
        sessionsClosed.increment();
    }

    /** Writes all that was counted; {@code common} are the labels that every series has. */
    void appendTo(StringBuilder text, String common) {
        text.append("# TYPE substrate_rpc_calls_started counter\n");
        methods.forEach((labels, method) -> line(text, "substrate_rpc_calls_started", common + "," + labels,
                method.started.sum()));
        text.append("# TYPE substrate_rpc_calls_finished counter\n");
        methods.forEach((labels, method) -> {
            String ends = common + "," + labels + ",is_rate_limited=\"false\",is_error=\"";
            line(text, "substrate_rpc_calls_finished", ends + "false\"", method.succeeded.sum());
            line(text, "substrate_rpc_calls_finished", ends + "true\"", method.failed.sum());
        });
        text.append("# TYPE substrate_rpc_calls_time histogram\n");
        methods.forEach((labels, method) -> histogram(text, common + "," + labels + ",is_rate_limited=\"false\"", method));
        text.append("# TYPE substrate_rpc_sessions_opened counter\n");
        line(text, "substrate_rpc_sessions_opened", common, sessionsOpened.sum());
        text.append("# TYPE substrate_rpc_sessions_closed counter\n");
        line(text, "substrate_rpc_sessions_closed", common, sessionsClosed.sum());
    }

    private static void histogram(StringBuilder text, String labels, Method method) {
        for (int i = 0; i < BUCKETS.length; i++) {
            line(text, "substrate_rpc_calls_time_bucket", labels + ",le=\"" + BUCKETS[i] + "\"", method.upTo[i].sum());
        }
        long all = method.succeeded.sum() + method.failed.sum();
        line(text, "substrate_rpc_calls_time_bucket", labels + ",le=\"+Inf\"", all);
        line(text, "substrate_rpc_calls_time_sum", labels, method.micros.sum());
        line(text, "substrate_rpc_calls_time_count", labels, all);
    }

    private static void line(StringBuilder text, String name, String labels, long value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
