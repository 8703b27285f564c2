package io.vilokanam.node.service;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import io.vilokanam.node.importing.ChainEvent;

/**
 * Hands the chain's events to somebody who needs time for them, on a thread of his own and in order. Where he falls behind by
 * {@link #EVENTS_MAX}, the chain waits for him.
 */
final class EventThread implements EssentialThreads.Body {

    private static final int EVENTS_MAX = 1024;

    private final BlockingQueue<ChainEvent> events = new LinkedBlockingQueue<>(EVENTS_MAX);
    private final Consumer<ChainEvent> receiver;

    EventThread(Consumer<ChainEvent> receiver) {
        this.receiver = receiver;
    }

    /** To be called with each event, under the chain's lock. */
    void take(ChainEvent event) {
        boolean isInterrupted = false;
        while (true) {
            try {
                events.put(event);
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
            receiver.accept(events.take());
        }
    }
}
