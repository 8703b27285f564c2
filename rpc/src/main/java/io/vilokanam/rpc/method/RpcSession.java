package io.vilokanam.rpc.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** One connection of a client, and the subscriptions on it. */
public final class RpcSession {

    private final long connection;
    private final Optional<Outbox> outbox;
    private final int subscriptionsMax;
    private final Semaphore free;
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private RpcSession(long connection, Optional<Outbox> outbox, int subscriptionsMax) {
        this.connection = connection;
        this.outbox = outbox;
        this.subscriptionsMax = subscriptionsMax;
        this.free = new Semaphore(subscriptionsMax);
    }

    /** A connection on which subscriptions are possible. */
    public static RpcSession lasting(long connection, Outbox outbox, int subscriptionsMax) {
        return new RpcSession(connection, Optional.of(outbox), subscriptionsMax);
    }

    /** A request that is a connection of its own. */
    public static RpcSession singleRequest(long connection) {
        return new RpcSession(connection, Optional.empty(), 0);
    }

    long connection() {
        return connection;
    }

    boolean canSubscribe() {
        return outbox.isPresent();
    }

    Outbox outbox() {
        return outbox.orElseThrow(() -> new IllegalStateException("no subscriptions on a single request"));
    }

    int subscriptionsMax() {
        return subscriptionsMax;
    }

    /** Takes one of the places for subscriptions; false if there is none. */
    boolean reserve() {
        return free.tryAcquire();
    }

    void add(Subscriber subscriber) {
        subscribers.put(subscriber.id(), subscriber);
        if (isClosed) {
            subscriber.end();
        }
    }

    void forget(Subscriber subscriber) {
        if (subscribers.remove(subscriber.id(), subscriber)) {
            free.release();
        }
    }

    Optional<Subscriber> subscriber(String id) {
        return Optional.ofNullable(subscribers.get(id));
    }

    /** The client is gone: ends all subscriptions. */
    public void close() {
        isClosed = true;
        List.copyOf(subscribers.values()).forEach(Subscriber::end);
    }
}
