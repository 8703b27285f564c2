package io.vilokanam.node.network.libp2p;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.links.Gate;
import io.vilokanam.node.network.libp2p.links.LinkSet;

/** Lets in whoever has a leading link, and opens a lost link again as long as that lasts. */
final class FollowingGate implements Gate {

    /** Stock nodes refuse whoever comes back sooner. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);
    private static final int JITTER_MILLIS = 1_000;

    private final LinkSet leading;
    private final Loop loop;
    private final RandomGenerator random;
    private final BiConsumer<PeerId, ReputationChange> report;
    private final Set<PeerId> waiting = new TreeSet<>();
    private LinkSet own;

    FollowingGate(LinkSet leading, Loop loop, RandomGenerator random, BiConsumer<PeerId, ReputationChange> report) {
        this.leading = leading;
        this.loop = loop;
        this.random = random;
        this.report = report;
    }

    /** The links that this gate is for, once they are made. */
    void guard(LinkSet links) {
        own = links;
    }

    @Override
    public boolean isWelcome(PeerId peer) {
        return leading.isAdmitted(peer);
    }

    @Override
    public boolean admit(PeerId peer, NotificationListener.Slots slots, Direction direction) {
        return leading.isAdmitted(peer);
    }

    @Override
    public void opened(PeerId peer) {}

    @Override
    public void closed(PeerId peer, End end) {
        if (leading.isOpen(peer) && waiting.add(peer)) {
            loop.after(AGAIN_AFTER.plusMillis(random.nextInt(JITTER_MILLIS)), () -> {
                waiting.remove(peer);
                if (leading.isOpen(peer)) {
                    own.open(peer);
                }
            });
        }
    }

    @Override
    public void report(PeerId peer, ReputationChange change) {
        report.accept(peer, change);
    }
}
