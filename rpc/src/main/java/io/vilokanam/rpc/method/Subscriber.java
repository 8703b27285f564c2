package io.vilokanam.rpc.method;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.ResponseWriter;

/**
 * One subscription of one client. It ends when the client says so or goes away, when too many items wait, or by
 * {@link #end()}.
 */
public final class Subscriber {

    private enum State {
        PENDING, OPEN, ENDED
    }

    /** Senders that wait leave the rest of the queue to those that cannot. */
    private static final int WAITING_SHARE = 4;

    private final String id;
    /** What all that is sent begins with. */
    private final byte[] head;
    private final RpcMethod.Subscription subscription;
    private final RpcSession session;
    private final int capacity;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final List<Registration> held = new ArrayList<>();
    private State state = State.PENDING;
    private boolean isLastSent;

    Subscriber(String id, RpcMethod.Subscription subscription, RpcSession session, int capacity) {
        this.id = id;
        this.head = ResponseWriter.notificationHead(subscription.notification(), id);
        this.subscription = subscription;
        this.session = session;
        this.capacity = capacity;
    }

    public String id() {
        return id;
    }

    public long connection() {
        return session.connection();
    }

    /** The thread that writes to this client: see {@link Outbox#writer}. */
    public Executor writer() {
        return session.outbox().writer();
    }

    RpcMethod.Subscription subscription() {
        return subscription;
    }

    /**
     * Sends an item, never blocks.
     *
     * @return false if the subscription ended, or if its queue is full and refuses
     */
    public boolean send(JsonValue item) {
        byte[] message = ResponseWriter.notification(head, item);
        boolean hasOverflown = false;
        synchronized (this) {
            if (state == State.ENDED || isLastSent) {
                return false;
            }
            if (waiting.size() < capacity) {
                enqueue(message);
                return true;
            }
            switch (subscription.queue().overflow()) {
                case END -> hasOverflown = true;
                case DROP_OLDEST -> {
                    waiting.removeFirst();
                    waiting.addLast(message);
                    return true;
                }
                case REFUSE -> {
                    /* told by the answer */ }
            }
        }
        if (hasOverflown) {
            end();
        }
        return false;
    }

    /**
     * Sends an item as soon as the client has read most of what was sent before; for senders with a thread of their own.
     *
     * @return false if the subscription ended
     */
    public boolean sendWaiting(JsonValue item) throws InterruptedException {
        byte[] message = ResponseWriter.notification(head, item);
        synchronized (this) {
            while (state != State.ENDED && !isLastSent && waiting.size() >= Math.max(1, capacity / WAITING_SHARE)) {
                wait();
            }
            if (state == State.ENDED || isLastSent) {
                return false;
            }
            enqueue(message);
            return true;
        }
    }

    /** Sends an item whatever waits, and ends the subscription once it has gone out. */
    public void sendLast(JsonValue item) {
        byte[] message = ResponseWriter.notification(head, item);
        synchronized (this) {
            if (state == State.ENDED || isLastSent) {
                return;
            }
            isLastSent = true;
            enqueue(message);
            notifyAll();
        }
        session.forget(this);
        release();
    }

    /** Gives {@code held} up when the subscription ends; at once if it has. */
    public void onEnd(Registration registration) {
        synchronized (this) {
            if (state != State.ENDED && !isLastSent) {
                held.add(registration);
                return;
            }
        }
        registration.close();
    }

    /** Ends the subscription; what still waits is not sent. */
    public void end() {
        synchronized (this) {
            state = State.ENDED;
            waiting.clear();
            notifyAll();
        }
        session.forget(this);
        release();
    }

    public synchronized boolean isEnded() {
        return state == State.ENDED || isLastSent;
    }

    /** The client was told the id: what waits may go out. */
    synchronized void open() {
        if (state != State.PENDING) {
            return;
        }
        state = State.OPEN;
        for (byte[] message : waiting) {
            session.outbox().send(this::next, message.length);
        }
    }

    private void enqueue(byte[] message) {
        waiting.addLast(message);
        if (state == State.OPEN) {
            session.outbox().send(this::next, message.length);
        }
    }

    private synchronized Optional<byte[]> next() {
        notifyAll();
        return Optional.ofNullable(waiting.pollFirst());
    }

    private void release() {
        List<Registration> all;
        synchronized (this) {
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(Registration::close);
    }
}
