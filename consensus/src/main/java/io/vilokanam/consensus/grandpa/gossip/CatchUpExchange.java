package io.vilokanam.consensus.grandpa.gossip;

import java.util.Optional;

/** The one catch-up that may be under way: asked for, then in the voter's hands. */
final class CatchUpExchange<P> {

    private record Asked<P>(P peer, long setId, long round, long at, boolean isAnswered) {}

    private final GossipTimes times;
    private Optional<Asked<P>> asked = Optional.empty();

    CatchUpExchange(GossipTimes times) {
        this.times = times;
    }

    /** Whether another request may go out now. */
    boolean isFree(long nowMillis) {
        return asked.isEmpty() || nowMillis > asked.get().at
                + (asked.get().isAnswered ? times.catchUpProcessing() : times.catchUpRequest());
    }

    /** Notes a request; answers the peer that left the one before unanswered. */
    Optional<P> ask(P peer, long setId, long round, long nowMillis) {
        Optional<P> late = asked.filter(before -> !before.isAnswered).map(Asked::peer);
        asked = Optional.of(new Asked<>(peer, setId, round, nowMillis, false));
        return late;
    }

    /** Whether this peer was asked and has not answered yet. */
    boolean isExpectedFrom(P peer) {
        return asked.filter(request -> !request.isAnswered && request.peer.equals(peer)).isPresent();
    }

    /** Whether an answer is for the set, and for the round that was asked for or a later one. */
    boolean fits(long setId, long round) {
        return asked.filter(request -> request.setId == setId && round >= request.round).isPresent();
    }

    void answered() {
        asked = asked.map(request -> new Asked<>(request.peer, request.setId, request.round, request.at, true));
    }

    /** Who sent the answer that the voter has judged now. */
    Optional<P> processed() {
        Optional<P> peer = asked.filter(Asked::isAnswered).map(Asked::peer);
        asked = Optional.empty();
        return peer;
    }

    void reset() {
        asked = Optional.empty();
    }
}
