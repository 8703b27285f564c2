package io.vilokanam.consensus.grandpa.gossip;

import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.scale.Bytes;

/**
 * What happens to {@link GrandpaGossip}. {@code P} names peers. Times are milliseconds of a clock that never goes back.
 */
public sealed interface GossipInput<P> {

    long nowMillis();

    /** The peer's notification link is open in both directions. */
    record PeerConnected<P>(long nowMillis, P peer, PeerRole role) implements GossipInput<P> {}

    /** The link is closed: what we knew of the peer is void. */
    record PeerDisconnected<P>(long nowMillis, P peer) implements GossipInput<P> {}

    /** A notification, as it came. */
    record Received<P>(long nowMillis, P peer, Bytes notification) implements GossipInput<P> {}

    /** A set rules now, from round 1 on; also the first one after the start, and the same one where the voter begins anew in it. */
    record SetStarted<P>(long nowMillis, long setId, VoterSet voters) implements GossipInput<P> {}

    /** Our voter is in this round. */
    record RoundStarted<P>(long nowMillis, long round) implements GossipInput<P> {}

    /** Our voter says something. */
    record Say<P>(long nowMillis, GossipMessage message) implements GossipInput<P> {}

    /** Our voter has judged a commit that was handed to it. */
    record CommitJudged<P>(long nowMillis, long round, Commit commit, boolean isGood) implements GossipInput<P> {}

    /** Our voter has judged a catch-up that was handed to it. */
    record CatchUpJudged<P>(long nowMillis, CatchUp catchUp, boolean isGood) implements GossipInput<P> {}

    /** The time of the last {@link GossipOutput.SetTimer} has come; may also come early or for nothing. */
    record TimerFired<P>(long nowMillis) implements GossipInput<P> {}
}
