package io.vilokanam.node.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.primitives.Hash;

/**
 * Transactions that were thrown out and may not come back for a time. A ban lasts until it is cleared after its end, so even
 * one of no length holds until the next block, as in a stock node. Beyond twice its size it forgets the oldest.
 */
final class BanList {

    private final Duration time;
    private final int size;
    private final Map<Hash, Instant> until = new LinkedHashMap<>();

    BanList(Duration time, int size) {
        this.time = time;
        this.size = size;
    }

    void ban(Hash hash, Instant now) {
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

    boolean isBanned(Hash hash) {
        return until.containsKey(hash);
    }

    /** When the ban of a transaction ends, or the next block after that. */
    Optional<Instant> end(Hash hash) {
        return Optional.ofNullable(until.get(hash));
    }

    /** All bans are of one length, so the oldest end first. */
    void clearExpired(Instant now) {
        var ends = until.values().iterator();
        while (ends.hasNext() && ends.next().isBefore(now)) {
            ends.remove();
        }
    }
}
