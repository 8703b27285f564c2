package io.vilokanam.node.network.libp2p.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop whose time passes when the test says so. */
public final class ManualLoop implements Loop {

    private record Timed(long atMillis, long order, Runnable task) {}

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timed> timers = new PriorityQueue<>(
            Comparator.comparingLong(Timed::atMillis).thenComparingLong(Timed::order));
    private long now = 1_000;
    private long order;

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Timed timed = new Timed(now + delay.toMillis(), order++, task);
        timers.add(timed);
        return () -> timers.remove(timed);
    }

    @Override
    public long nowMillis() {
        return now;
    }

    private synchronized Runnable nextTask() {
        return tasks.poll();
    }

    /** Runs what is due now; whether there was anything. */
    public boolean run() {
        boolean hasRun = false;
        for (Runnable task = nextTask(); task != null; task = nextTask()) {
            task.run();
            hasRun = true;
        }
        return hasRun;
    }

    /** Lets time pass, timer by timer. */
    public void pass(Duration duration) {
        long end = now + duration.toMillis();
        run();
        while (!timers.isEmpty() && timers.peek().atMillis() <= end) {
            Timed next = timers.remove();
            now = next.atMillis();
            next.task().run();
            run();
        }
        now = end;
    }
}
