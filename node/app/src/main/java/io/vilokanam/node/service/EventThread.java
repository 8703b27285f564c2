package io.vilokanam.node.service;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.measure.Channel;
import io.vilokanam.node.metrics.TaskMeasures;

/**
 * Hands the chain's events to somebody who needs time for them, on a thread of his own and in order. Where he falls behind by
 * {@link #EVENTS_MAX}, the chain waits for him.
 */
final class EventThread implements EssentialThreads.Body {

    private static final int EVENTS_MAX = 1024;

    private final BlockingQueue<ChainEvent> events = new LinkedBlockingQueue<>(EVENTS_MAX);
    private final String name;
    private final Channel channel;
    private final Consumer<ChainEvent> receiver;
    private final TaskMeasures tasks;

    /** {@code name} of the thread that this is the body of. */
    EventThread(String name, Consumer<ChainEvent> receiver, TaskMeasures tasks) {
        this.name = name;
        this.channel = new Channel("mpsc_import_notification_stream:" + name);
        this.receiver = receiver;
        this.tasks = tasks;
    }

    /** What waits for the receiver. */
    Channel channel() {
        return channel;
    }

    void start(EssentialThreads threads) {
        threads.start(name, this);
    }

    /** To be called with each event, under the chain's lock. */
    void take(ChainEvent event) {
        boolean isInterrupted = false;
        while (true) {
            try {
                events.put(event);
                channel.send();
                break;
            } catch (InterruptedException e) {
                // An event that is lost would be lost for ever: it is put first, then the interrupt is passed on.
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            ChainEvent event = events.take();
            channel.receive();
            long begun = System.nanoTime();
            receiver.accept(event);
            tasks.polled(name, System.nanoTime() - begun);
        }
    }
}
