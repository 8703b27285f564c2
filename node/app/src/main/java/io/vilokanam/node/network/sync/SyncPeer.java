package io.vilokanam.node.network.sync;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.address.PeerId;

/** What sync knows of a peer. */
final class SyncPeer {

    /** So many requests of ours may wait for one peer. */
    static final int REQUESTS_MAX = 4;

    final PeerId id;
    BlockRef best;
    /** The highest block that its chain and ours are known to share. */
    Optional<BlockRef> common = Optional.empty();
    /** Our best block when {@link #common} was sought for. */
    Optional<BlockRef> soughtAt = Optional.empty();
    Optional<AncestorSearch> search = Optional.empty();
    /** Whether a range or a probe is under way. */
    boolean isBusy;
    int requests;
    /** Until then nothing is downloaded from it. */
    long pausedUntil;

    SyncPeer(PeerId id, BlockRef best) {
        this.id = id;
        this.best = best;
    }

    boolean isFree(long now) {
        return requests < REQUESTS_MAX && now >= pausedUntil;
    }
}
