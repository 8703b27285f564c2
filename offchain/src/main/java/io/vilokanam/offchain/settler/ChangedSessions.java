package io.vilokanam.offchain.settler;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.primitives.Hash;

/** Gathers what differs between the states of two blocks. */
final class ChangedSessions {

    /** A longer way than this is not walked. */
    private static final int BLOCKS_MAX = 64;

    private ChangedSessions() {}

    /**
     * The sessions that changed on the way from one block to another: back to where both meet, and forth.
     *
     * @return empty where that is not known
     */
    static Optional<Set<Long>> between(SessionChanges changes, Hash from, Hash to) {
        Set<Hash> behind = new HashSet<>();
        Hash at = from;
        behind.add(at);
        for (int i = 0; i < BLOCKS_MAX; i++) {
            Optional<SessionChanges.Changed> changed = changes.of(at);
            if (changed.isEmpty()) {
                break;
            }
            at = changed.get().parent();
            behind.add(at);
        }
        Set<Long> sessions = new HashSet<>();
        return walk(changes, to, behind, sessions).flatMap(meeting -> walk(changes, from, Set.of(meeting), sessions))
                .map(_ -> sessions);
    }

    /** Goes back to one of {@code ends}. */
    private static Optional<Hash> walk(SessionChanges changes, Hash from, Set<Hash> ends, Set<Long> sessions) {
        Hash at = from;
        for (int i = 0; i <= BLOCKS_MAX; i++) {
            if (ends.contains(at)) {
                return Optional.of(at);
            }
            Optional<SessionChanges.Changed> changed = changes.of(at);
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            for (long session : changed.get().sessions()) {
                sessions.add(session);
            }
            at = changed.get().parent();
        }
        return Optional.empty();
    }
}
