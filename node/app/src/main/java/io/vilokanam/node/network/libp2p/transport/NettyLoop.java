package io.vilokanam.node.network.libp2p.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;

import io.vilokanam.node.network.libp2p.connection.Loop;

/** A thread of Netty's. */
record NettyLoop(EventLoop thread, LongSupplier monotonicMillis) implements Loop {

    @Override
    public void execute(Runnable task) {
        if (!thread.isShuttingDown()) {
            thread.execute(task);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (thread.isShuttingDown()) {
            return () -> {};
        }
        ScheduledFuture<?> scheduled = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nowMillis() {
        return monotonicMillis.getAsLong();
    }
}
