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
    private final Set<Hash> sent = new HashSet<>();
    private final Set<Hash> received = new HashSet<>();
    private long setId;
    private long round = 1;
    private Optional<Long> commitHeight = Optional.empty();
    private Optional<GossipMessage.Neighbor> packet = Optional.empty();
    private long packetAt;
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

    /** Notes that a message goes to the peer; false where it has it, from us or not. */
    boolean noteSent(Hash message) {
        return !received.contains(message) && sent.add(message);
    }

    /** Notes that a message came from the peer; false where it came before. */
    boolean noteReceived(Hash message) {
        return received.add(message);
    }

    /** What nobody keeps any more nobody needs to remember either. */
    void forget(Hash message) {
        sent.remove(message);
        received.remove(message);
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
    Reputation update(GossipMessage.Neighbor next, long nowMillis, long grace) {
        boolean goesBack = next.setId() < setId || next.setId() == setId && next.round() < round
                || commitHeight.filter(known -> known > next.finalizedHeight()).isPresent();
        if (goesBack) {
            return Reputation.INVALID_VIEW_CHANGE;
        }
        if (packet.equals(Optional.of(next)) && nowMillis < packetAt + grace) {
            return Reputation.DUPLICATE_NEIGHBOR;
        }
        setId = next.setId();
        round = next.round();
        commitHeight = Optional.of(next.finalizedHeight());
        packet = Optional.of(next);
        packetAt = nowMillis;
        return Reputation.NEIGHBOR;
    }

    /** A commit from the peer; false where it is lower than one before. */
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
