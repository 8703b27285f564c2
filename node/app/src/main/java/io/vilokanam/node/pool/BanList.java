package io.vilokanam.node.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.vilokanam.primitives.Hash;

/** Transactions that were thrown out and may not come back for a time. Beyond twice its size it forgets the oldest. */
final class BanList {

    private final Duration time;
    private final int size;
    private final Map<Hash, Instant> until = new LinkedHashMap<>();

    BanList(Duration time, int size) {
        this.time = time;
        this.size = size;
    }

    void ban(Hash hash, Instant now) {
        if (time.isZero()) {
            return;
        }
        until.remove(hash);
        until.put(hash, now.plus(time));
        if (until.size() > 2 * size) {
            var oldest = until.keySet().iterator();
            while (until.size() > size) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    boolean isBanned(Hash hash, Instant now) {
        Instant end = until.get(hash);
        return end != null && now.isBefore(end);
    }

    void clearExpired(Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
    }
}
