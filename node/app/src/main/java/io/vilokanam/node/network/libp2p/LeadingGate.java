package io.vilokanam.node.network.libp2p;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.links.Gate;
import io.vilokanam.node.network.libp2p.links.LinkSet;
import io.vilokanam.node.network.peerset.PeerSet;

/** Gives leading links their slots, and has the others follow them. */
final class LeadingGate implements Gate {

    /** As stock changes a reputation for a link that is lost. */
    private static final ReputationChange LOST = new ReputationChange(-256, "link lost");

    /**
     * A stock node refuses the following links until it has made up its mind about the leading one, and leaves us alone for
     * seconds then; it opens them itself as soon as it has.
     */
    private static final Duration FOLLOWED_AFTER = Duration.ofMillis(300);

    private final PeerSet peers;
    private final Loop loop;
    private final BiConsumer<PeerId, ReputationChange> report;
    private final Runnable changed;
    private final List<LinkSet> followers = new ArrayList<>();
    private LinkSet leading;

    /** @param changed called whenever a link has opened or ended */
    LeadingGate(PeerSet peers, Loop loop, BiConsumer<PeerId, ReputationChange> report, Runnable changed) {
        this.changed = changed;
        this.peers = peers;
        this.loop = loop;
        this.report = report;
    }

    /** The links that this gate is for, once they are made. */
    void guard(LinkSet links) {
        leading = links;
    }

    void follow(LinkSet follower) {
        followers.add(follower);
    }

    @Override
    public boolean isWelcome(PeerId peer) {
        return peers.isWelcome(peer, loop.nowMillis());
    }

    @Override
    public boolean admit(PeerId peer, NotificationListener.Slots slots, Direction direction) {
        return peers.admit(peer, slots, direction, loop.nowMillis());
    }

    @Override
    public void opened(PeerId peer) {
        peers.opened(peer);
        changed.run();
        loop.after(FOLLOWED_AFTER, () -> {
            if (leading.isOpen(peer)) {
                followers.forEach(follower -> follower.open(peer));
            }
        });
    }

    @Override
    public void closed(PeerId peer, End end) {
        peers.free(peer, loop.nowMillis());
        changed.run();
        followers.forEach(follower -> follower.drop(peer));
        if (end == End.WAS_OPEN) {
            report.accept(peer, LOST);
        }
    }

    @Override
    public void report(PeerId peer, ReputationChange change) {
        report.accept(peer, change);
    }
}
