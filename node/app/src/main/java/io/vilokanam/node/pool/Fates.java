package io.vilokanam.node.pool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.PendingStatus;

/** What became of the transactions that left the pool or never came in; the latest {@link #REMEMBERED_MAX} of them. */
final class Fates {

    static final int REMEMBERED_MAX = 16_384;

    private final Map<Hash, PendingStatus.Place> fates = new LinkedHashMap<>();

    void note(Hash transaction, PendingStatus.Place fate) {
        fates.remove(transaction);
        fates.put(transaction, fate);
        if (fates.size() > REMEMBERED_MAX) {
            var oldest = fates.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    void forget(Hash transaction) {
        fates.remove(transaction);
    }

    Optional<PendingStatus.Place> of(Hash transaction) {
        return Optional.ofNullable(fates.get(transaction));
    }
}
