package io.vilokanam.rpc.chainhead;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** The operations of one follow that are under way; each weighs as many as it asks for, as far as there is room. */
final class Operations {

    static final int WEIGHT_MAX = 16;

    /** One operation. */
    final class Operation {

        private final String id;
        private final int weight;
        private volatile boolean isStopped;

        private Operation(String id, int weight) {
            this.id = id;
            this.weight = weight;
        }

        String id() {
            return id;
        }

        /** Whether the client wants no more of it. */
        boolean isStopped() {
            return isStopped;
        }

        void stop() {
            isStopped = true;
        }

        /** To be called before the last event is sent: whoever has that event finds the operation no more. */
        void finish() {
            running.remove(id);
        }

        /** To be called once, when nothing more is sent. */
        void end() {
            finish();
            room.release(weight);
        }
    }

    private final Semaphore room = new Semaphore(WEIGHT_MAX);
    private final AtomicLong last = new AtomicLong(-1);
    private final Map<String, Operation> running = new ConcurrentHashMap<>();

    /** Begins an operation; empty if there is no room at all. */
    synchronized Optional<Operation> begin(int asked) {
        int weight = Math.min(asked, room.availablePermits());
        if (weight == 0 || !room.tryAcquire(weight)) {
            return Optional.empty();
        }
        var operation = new Operation(Long.toString(last.incrementAndGet()), weight);
        running.put(operation.id, operation);
        return Optional.of(operation);
    }

    Optional<Operation> find(String id) {
        return Optional.ofNullable(running.get(id));
    }
}
