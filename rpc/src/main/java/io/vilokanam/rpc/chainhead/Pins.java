package io.vilokanam.rpc.chainhead;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.Registration;

/**
 * The blocks that follows keep, all of them together no more than {@link #BLOCKS_MAX}. Where room is needed, the follows that
 * keep a block for more than a minute lose everything, and if that is not enough, all of them do.
 */
final class Pins {

    static final int BLOCKS_MAX = 512;
    private static final long AGE_NANOS_MAX = 60_000_000_000L;

    /** How a pin went. */
    enum Outcome {
        PINNED,
        /** This follow had the block pinned, or has unpinned it. */
        KNOWN,
        /** The node does not have the block any more. */
        GONE,
        /** There was no room and this follow had to give up its own. */
        LOST
    }

    private record Held(Registration registration, Set<Follow> follows) {}

    private final ChainBackend chain;
    private final Map<Hash, Held> blocks = new HashMap<>();
    private final Map<Follow, Map<Hash, Long>> byFollow = new LinkedHashMap<>();

    Pins(ChainBackend chain) {
        this.chain = chain;
    }

    synchronized void add(Follow follow) {
        byFollow.put(follow, new LinkedHashMap<>());
    }

    /** Pins a block for a follow; the follows that lose their pins by this are stopped. */
    Outcome pin(Follow follow, Hash block) {
        List<Follow> losers;
        Outcome outcome;
        synchronized (this) {
            Map<Hash, Long> own = byFollow.get(follow);
            if (own == null) {
                return Outcome.LOST;
            }
            if (own.containsKey(block)) {
                return Outcome.KNOWN;
            }
            losers = blocks.containsKey(block) ? List.of() : makeRoom();
            losers.forEach(this::release);
            outcome = losers.contains(follow) ? Outcome.LOST : keep(follow, block, own);
        }
        losers.forEach(Follow::lost);
        return outcome;
    }

    private Outcome keep(Follow follow, Hash block, Map<Hash, Long> own) {
        Held held = blocks.get(block);
        if (held == null) {
            Optional<Registration> registration = chain.pin(block);
            if (registration.isEmpty()) {
                return Outcome.GONE;
            }
            held = new Held(registration.get(), new HashSet<>());
            blocks.put(block, held);
        }
        held.follows.add(follow);
        own.put(block, System.nanoTime());
        return Outcome.PINNED;
    }

    private List<Follow> makeRoom() {
        if (blocks.size() < BLOCKS_MAX) {
            return List.of();
        }
        long now = System.nanoTime();
        List<Follow> old = byFollow.entrySet().stream()
                .filter(entry -> entry.getValue().values().stream().anyMatch(since -> now - since > AGE_NANOS_MAX))
                .map(Map.Entry::getKey).toList();
        return old.isEmpty() ? List.copyOf(byFollow.keySet()) : old;
    }

    synchronized boolean isPinned(Follow follow, Hash block) {
        return byFollow.getOrDefault(follow, Map.of()).containsKey(block);
    }

    /** Gives up some blocks, all or none. */
    synchronized boolean unpin(Follow follow, Set<Hash> hashes) {
        Map<Hash, Long> own = byFollow.getOrDefault(follow, Map.of());
        if (!own.keySet().containsAll(hashes)) {
            return false;
        }
        hashes.forEach(hash -> {
            own.remove(hash);
            give(follow, hash);
        });
        return true;
    }

    /** Gives up all blocks of a follow. */
    synchronized void release(Follow follow) {
        Map<Hash, Long> own = byFollow.remove(follow);
        if (own != null) {
            own.keySet().forEach(hash -> give(follow, hash));
        }
    }

    private void give(Follow follow, Hash hash) {
        Held held = blocks.get(hash);
        held.follows.remove(follow);
        if (held.follows.isEmpty()) {
            blocks.remove(hash);
            held.registration.close();
        }
    }
}
