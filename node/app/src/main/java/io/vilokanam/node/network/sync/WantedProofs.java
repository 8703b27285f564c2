package io.vilokanam.node.network.sync;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.address.PeerId;

/** The blocks whose proofs of finality are sought ({@code sc_network_sync}, {@code ExtraRequests}). */
final class WantedProofs {

    /** So many blocks are looked after. */
    private static final int BLOCKS_MAX = 64;

    /** {@code EXTRA_RETRY_WAIT}: when all peers were asked, the first is asked again after this. */
    private static final long RETRY_MILLIS = 10_000;

    private static final class State {
        private final Set<PeerId> tried = new HashSet<>();
        private boolean isAsked;
        private long retryAt;
    }

    private final Map<BlockRef, State> states = new LinkedHashMap<>();

    void set(List<BlockRef> blocks) {
        states.keySet().retainAll(blocks);
        for (BlockRef block : blocks) {
            if (states.size() < BLOCKS_MAX) {
                states.putIfAbsent(block, new State());
            }
        }
    }

    /** The blocks for which somebody could be asked now. */
    List<BlockRef> open(long now) {
        return states.entrySet().stream().filter(entry -> !entry.getValue().isAsked && entry.getValue().retryAt <= now)
                .map(Map.Entry::getKey).toList();
    }

    /** Chooses whom to ask among those who may know. */
    Optional<PeerId> choose(BlockRef block, List<PeerId> able, long now) {
        State state = states.get(block);
        Optional<PeerId> untried = able.stream().filter(peer -> !state.tried.contains(peer)).findFirst();
        if (untried.isEmpty() && !able.isEmpty()) {
            state.tried.clear();
            state.retryAt = now + RETRY_MILLIS;
        }
        untried.ifPresent(peer -> {
            state.tried.add(peer);
            state.isAsked = true;
        });
        return untried;
    }

    void answered(BlockRef block) {
        State state = states.get(block);
        if (state != null) {
            state.isAsked = false;
        }
    }
}
