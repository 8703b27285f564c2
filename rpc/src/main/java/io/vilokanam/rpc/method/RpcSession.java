package io.vilokanam.rpc.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.vilokanam.rpc.backend.Registration;

/** One connection of a client, and the subscriptions on it. */
public final class RpcSession {

    private static final RpcSession SINGLE = new RpcSession(0, Optional.empty(), 0, Optional.empty());

    private final long connection;
    private final Optional<Outbox> outbox;
    private final int subscriptionsMax;
    private final Semaphore free;
    private final Optional<CallRate> rate;
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
    private final Set<Registration> onClose = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    private RpcSession(long connection, Optional<Outbox> outbox, int subscriptionsMax, Optional<CallRate> rate) {
        this.rate = rate;
        this.connection = connection;
        this.outbox = outbox;
        this.subscriptionsMax = subscriptionsMax;
        this.free = new Semaphore(subscriptionsMax);
    }

    /** A connection on which subscriptions are possible; {@code rate}: how often it may call. */
    public static RpcSession lasting(long connection, Outbox outbox, int subscriptionsMax, Optional<CallRate> rate) {
        return new RpcSession(connection, Optional.of(outbox), subscriptionsMax, rate);
    }

    /** A request that comes alone; all of them count as one connection, number 0. */
    public static RpcSession singleRequest() {
        return SINGLE;
    }

    /** The same, with a limit that it shares with others. */
    public static RpcSession singleRequest(Optional<CallRate> rate) {
        return rate.isEmpty() ? SINGLE : new RpcSession(0, Optional.empty(), 0, rate);
    }

    /** Waits until a call may be made. */
    CallRate.Turn awaitTurn() {
        return rate.map(CallRate::take).orElse(CallRate.Turn.AT_ONCE);
    }

    /** Whether a call may have to wait for its turn. */
    boolean isRated() {
        return rate.isPresent();
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

    boolean isClosed() {
        return isClosed;
    }

    /** Gives {@code held} up when the client goes; at once if it has. Single requests count as never going. */
    Registration whenClosed(Registration held) {
        if (outbox.isEmpty()) {
            return () -> {
                // Nothing was noted.
            };
        }
        onClose.add(held);
        if (isClosed) {
            held.close();
        }
        return () -> onClose.remove(held);
    }

    /** The client is gone: ends all subscriptions. */
    public void close() {
        isClosed = true;
        onClose.forEach(Registration::close);
        List.copyOf(subscribers.values()).forEach(Subscriber::end);
    }
}
