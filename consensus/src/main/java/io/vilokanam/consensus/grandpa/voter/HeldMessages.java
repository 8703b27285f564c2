package io.vilokanam.consensus.grandpa.voter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;

/** Messages for blocks that are not imported yet ({@code sc_consensus_grandpa::until_imported}), oldest first. */
final class HeldMessages {

    /** So many messages wait at most; the oldest go. What was dropped comes again with gossip. */
    static final int HELD_MAX = 4_096;

    /** After so long a missing block is asked for, in milliseconds; it mostly comes by itself. */
    static final long SEEK_AFTER_MILLIS = 5_000;

    private static final class Missing {
        private final BlockRef block;
        private final List<Input> waiting = new ArrayList<>();
        private long seekAt;

        Missing(BlockRef block, long seekAt) {
            this.block = block;
            this.seekAt = seekAt;
        }
    }

    private final Map<Hash, Missing> missing = new LinkedHashMap<>();
    private int count;

    void hold(Input message, BlockRef block, long nowMillis) {
        missing.computeIfAbsent(block.hash(), _ -> new Missing(block, nowMillis + SEEK_AFTER_MILLIS)).waiting
                .add(message);
        count++;
        while (count > HELD_MAX) {
            Hash oldest = missing.keySet().iterator().next();
            count -= missing.remove(oldest).waiting.size();
        }
    }

    /** How many messages are held. */
    int count() {
        return count;
    }

    /** The messages that waited for this block. */
    List<Input> release(Hash block) {
        Missing released = missing.remove(block);
        if (released == null) {
            return List.of();
        }
        count -= released.waiting.size();
        return released.waiting;
    }

    /** The blocks that have been missing for so long that they should be asked for (again). */
    List<BlockRef> toSeek(long nowMillis) {
        List<BlockRef> due = new ArrayList<>();
        for (Missing block : missing.values()) {
            if (nowMillis >= block.seekAt) {
                block.seekAt = nowMillis + SEEK_AFTER_MILLIS;
                due.add(block.block);
            }
        }
        return due;
    }

    Optional<Long> deadline() {
        return missing.values().stream().map(block -> block.seekAt).min(Long::compare);
    }
}
