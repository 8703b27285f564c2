package io.vilokanam.node.metrics;

import java.util.concurrent.atomic.LongAdder;

import io.vilokanam.node.measure.Histogram;
import io.vilokanam.node.measure.Measures;

/**
 * What stock nodes tell of their tasks, told of the threads that do the same here. A thread is never polled as a task is: each
 * piece of work that was timed counts for one.
 */
public final class TaskMeasures {

    private static final double[] TIMES = Histogram.exponential(0.001, 4, 9);
    private static final String GROUP = "default";
    private static final String KIND = "async";

    private final Measures.Family<LongAdder> spawned;
    private final Measures.Family<LongAdder> ended;
    private final Measures.Family<LongAdder> polls;
    private final Measures.Family<Histogram> durations;

    public TaskMeasures(Measures measures) {
        spawned = measures.counters("substrate_tasks_spawned_total", "task_name", "task_group", "kind");
        ended = measures.counters("substrate_tasks_ended_total", "task_name", "task_group", "reason", "kind");
        polls = measures.counters("substrate_tasks_polling_started_total", "task_name", "task_group", "kind");
        durations = measures.histograms("substrate_tasks_polling_duration", TIMES, "task_name", "task_group", "kind");
    }

    /** A thread began. */
    public void spawned(String name) {
        spawned.of(name, GROUP, KIND).increment();
    }

    /** A thread came to its end, or failed. */
    public void ended(String name, boolean hasFailed) {
        ended.of(name, GROUP, hasFailed ? "panic" : "finished", KIND).increment();
    }

    /** A thread did a piece of work. */
    public void polled(String name, long nanos) {
        polls.of(name, GROUP, KIND).increment();
        durations.of(name, GROUP, KIND).recordNanos(nanos);
    }
}
