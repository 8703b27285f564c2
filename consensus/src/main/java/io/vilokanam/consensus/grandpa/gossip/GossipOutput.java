package io.vilokanam.consensus.grandpa.gossip;

import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.scale.Bytes;

/** What {@link GrandpaGossip} wants done, in this order. {@code P} names peers. */
public sealed interface GossipOutput<P> {

    /** Send a notification to a peer. */
    record Send<P>(P peer, Bytes notification) implements GossipOutput<P> {}

    /** A vote, commit or catch-up of the present set for our voter; its signatures are good. */
    record Deliver<P>(GossipMessage message) implements GossipOutput<P> {}

    /** The peer did well or badly. */
    record Report<P>(P peer, Reputation reputation) implements GossipOutput<P> {}

    /** Hand in {@link GossipInput.TimerFired} at this time; replaces the time asked for before. */
    record SetTimer<P>(long atMillis) implements GossipOutput<P> {}
}
