package io.vilokanam.node.network.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.Hash;

/** A block that is sought by its hash, and its ancestors down to one that we have. */
final class Branch {

    /** So many blocks are followed downwards; a longer branch is left to the download of ranges. */
    static final int LENGTH_MAX = 256;

    /** So many peers are tried. */
    private static final int SOURCES_MAX = 8;

    private final BlockRef target;
    private final Deque<PeerId> sources = new ArrayDeque<>();
    private final List<BlockPart> downwards = new ArrayList<>();
    private Hash wanted;
    private Optional<PeerId> asked = Optional.empty();
    private PeerId provider;

    Branch(BlockRef target, Collection<PeerId> sources) {
        this.target = target;
        this.wanted = target.hash();
        sources.forEach(this::addSource);
    }

    BlockRef target() {
        return target;
    }

    void addSource(PeerId peer) {
        if (sources.size() < SOURCES_MAX && !sources.contains(peer)) {
            sources.addLast(peer);
        }
    }

    /** The lowest block's parent, or the target itself as long as nothing has come. */
    Hash wanted() {
        return wanted;
    }

    boolean isBegun() {
        return !downwards.isEmpty();
    }

    boolean isAsked() {
        return asked.isPresent();
    }

    /** How many blocks are between the lowest and this height, at most {@link RangeDownload#RANGE_MAX}, at least one. */
    int missing(long knownNumber) {
        long lowest = target.number() - downwards.size();
        return Math.clamp(lowest - knownNumber, 1, RangeDownload.RANGE_MAX);
    }

    boolean isTooLong() {
        return downwards.size() >= LENGTH_MAX;
    }

    /** The next peer to ask, of those that may be asked. */
    Optional<PeerId> source(Predicate<PeerId> isFree) {
        return sources.stream().filter(isFree).findFirst();
    }

    void ask(PeerId peer) {
        asked = Optional.of(peer);
    }

    /** The peer that was asked is of no use; whether others are left. */
    boolean fail() {
        asked.ifPresent(sources::remove);
        asked = Optional.empty();
        return !sources.isEmpty();
    }

    /** Takes an answer down to the first block that we have; false where it is not what was asked for. */
    boolean take(List<BlockPart> blocks, Predicate<Hash> isKnown) {
        if (blocks.isEmpty()) {
            return false;
        }
        for (BlockPart block : blocks) {
            if (!block.hash().equals(wanted) || block.header().isEmpty()
                    || block.header().get().number() != target.number() - downwards.size()) {
                return false;
            }
            downwards.add(block);
            wanted = block.header().get().parentHash();
            if (isKnown.test(wanted)) {
                break;
            }
        }
        provider = asked.orElseThrow();
        asked = Optional.empty();
        return true;
    }

    /** Who sent the last part. */
    PeerId provider() {
        return provider;
    }

    /** Parents before their children. */
    List<BlockPart> upwards() {
        return downwards.reversed();
    }
}
