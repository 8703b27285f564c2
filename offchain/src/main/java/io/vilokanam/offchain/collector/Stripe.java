package io.vilokanam.offchain.collector;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.vilokanam.scale.Bytes;

/** A part of the collector's sessions under one lock: the monitor of this object. */
final class Stripe {

    final SessionTable sessions = new SessionTable();
    /** Close secrets that were released and are not on chain yet, by session. */
    final Map<Long, Bytes> secrets = new HashMap<>();
    /** Sessions that changed since the last write to the store. */
    final Set<Long> changed = new HashSet<>();

    void put(KnownSession session) {
        sessions.put(session);
        changed.add(session.id());
    }

    void remove(long id) {
        sessions.remove(id);
        secrets.remove(id);
        changed.add(id);
    }
}
