package io.vilokanam.consensus.grandpa.gossip;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.primitives.Hash;

/** What we know of a peer: where it stands, and which messages it has. */
final class PeerView {

    /** How a message stands to a view: worth reading, or by how much not. */
    enum Scope {
        ACCEPT, PAST, FUTURE
    }

    private final PeerRole role;
    private final Set<Hash> known = new HashSet<>();
    private long setId;
    private long round = 1;
    private Optional<Long> commitHeight = Optional.empty();
    private Optional<Long> updatedAt = Optional.empty();
    private Optional<GossipMessage.Neighbor> told = Optional.empty();
    private long toldAt;

    PeerView(PeerRole role) {
        this.role = role;
    }

    PeerRole role() {
        return role;
    }

    long setId() {
        return setId;
    }

    long round() {
        return round;
    }

    boolean knows(Hash message) {
        return known.contains(message);
    }

    /** False where the peer had it before. */
    boolean learn(Hash message) {
        return known.add(message);
    }

    /** What nobody keeps any more nobody needs to remember either. */
    void forget(Hash message) {
        known.remove(message);
    }

    /**
     * Notes that the peer is told this packet; false where it was told the same a short while ago, so that it need not
     * be.
     */
    boolean noteTold(GossipMessage.Neighbor packet, long nowMillis, long grace) {
        if (told.equals(Optional.of(packet)) && nowMillis < toldAt + grace) {
            return false;
        }
        told = Optional.of(packet);
        toldAt = nowMillis;
        return true;
    }

    /** Takes a neighbor packet; answers what it is worth. */
    Reputation update(long newSetId, long newRound, long height, long nowMillis, long grace) {
        boolean goesBack = newSetId < setId || newSetId == setId && newRound < round
                || commitHeight.filter(known -> known > height).isPresent();
        if (goesBack) {
            return Reputation.INVALID_VIEW_CHANGE;
        }
        boolean isSame = newSetId == setId && newRound == round && commitHeight.equals(Optional.of(height));
        if (isSame && updatedAt.filter(at -> nowMillis < at + grace).isPresent()) {
            return Reputation.DUPLICATE_NEIGHBOR;
        }
        setId = newSetId;
        round = newRound;
        commitHeight = Optional.of(height);
        updatedAt = Optional.of(nowMillis);
        return Reputation.NEIGHBOR;
    }

    /** A commit from or to the peer; false where it is lower than one before. */
    boolean raiseCommit(long height) {
        if (commitHeight.filter(known -> known > height).isPresent()) {
            return false;
        }
        commitHeight = Optional.of(height);
        return true;
    }

    boolean wantsVote(long messageSetId, long messageRound) {
        return role != PeerRole.LIGHT && scope(setId, round, messageSetId, messageRound) == Scope.ACCEPT;
    }

    boolean wantsCommit(long messageSetId, long height) {
        return setId == messageSetId && commitHeight.filter(known -> known >= height).isEmpty();
    }

    /** Votes are of use from the round before the present one to the round behind it. */
    static Scope scope(long setId, long round, long messageSetId, long messageRound) {
        if (messageSetId < setId || messageSetId == setId && messageRound < round - 1) {
            return Scope.PAST;
        }
        return messageSetId > setId || messageRound > round + 1 ? Scope.FUTURE : Scope.ACCEPT;
    }
}
