package io.vilokanam.consensus.grandpa.gossip;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;

import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * Who is told what over {@code grandpa/1} ({@code sc_consensus_grandpa::communication::gossip}): keeps each peer's
 * view, tells peers ours, relays good votes and the best commit to those for whom they are of use, and asks for a
 * catch-up where a peer is far ahead. Equal inputs in equal order give equal outputs.
 *
 * <p>Differs from the reference in who is told first: votes go to all peers that want them at once, commits of others a
 * little later.
 */
public final class GrandpaGossip<P extends Comparable<P>> {

    /** Votes of so many rounds before the present one are kept for peers that are behind. */
    private static final long ROUNDS_KEPT = 3;

    /** A peer so many rounds ahead is asked for a catch-up. */
    private static final long CATCH_UP_ROUNDS = 3;

    /** Two prevotes, two precommits and two proposals of a voter are kept in a round; more prove nothing new. */
    private static final int VOTES_PER_VOTER_MAX = 6;

    /**
     * A commit of somebody else is passed on after so long: by then whoever got it, too, has told so. Light peers, which tell
     * less, get it at once.
     */
    private static final long RELAY_MILLIS = 400;

    /** So many commits may be in the voter's hands; of older ones nobody is rewarded or blamed. */
    private static final int JUDGING_MAX = 64;

    private record Kept(Bytes encoded, GossipMessage.VoteMessage message) {

        private long round() {
            return message.round();
        }

        private PublicKey voter() {
            return message.vote().id();
        }
    }

    private record BestCommit(Hash hash, Bytes encoded, long setId, long height) {}

    private record Pending<P>(P peer, Bytes encoded) {}

    private final GossipTimes times;
    private final SignatureCheck ed25519;
    private final LongFunction<Optional<CatchUp>> completedRound;
    private final SortedMap<P, PeerView> peers = new TreeMap<>();
    private final Map<Hash, Kept> votes = new LinkedHashMap<>();
    private final Map<Commit, Pending<P>> judging = new LinkedHashMap<>();
    private final CatchUpExchange<P> catchUps;
    private Optional<MessageCheck> check = Optional.empty();
    private long round = 1;
    private long commitHeight;
    private Optional<BestCommit> bestCommit = Optional.empty();
    private Optional<GossipMessage.Neighbor> told = Optional.empty();
    private long tellAt;
    private long rebroadcastAt;
    private Optional<Long> relayAt = Optional.empty();

    private long now;
    private List<GossipOutput<P>> out = List.of();

    /**
     * @param completedRound the votes of our voter's last completed round, if that is at least the round asked for
     *     ({@code GrandpaVoter::catchUp})
     */
    public GrandpaGossip(GossipTimes times, SignatureCheck ed25519, LongFunction<Optional<CatchUp>> completedRound) {
        this.times = times;
        this.ed25519 = ed25519;
        this.completedRound = completedRound;
        this.catchUps = new CatchUpExchange<>(times);
    }

    /** Takes one input; the outputs are to be performed in order. */
    public List<GossipOutput<P>> step(GossipInput<P> input) {
        now = input.nowMillis();
        out = new ArrayList<>();
        switch (input) {
            case GossipInput.PeerConnected<P>(var _, var peer, var role) -> connected(peer, role);
            case GossipInput.PeerDisconnected<P>(var _, var peer) -> peers.remove(peer);
            case GossipInput.Received<P>(var _, var peer, var notification) -> received(peer, notification);
            case GossipInput.SetStarted<P>(var _, var setId, var voters) -> setStarted(setId, voters);
            case GossipInput.RoundStarted<P>(var _, var started) -> roundStarted(started);
            case GossipInput.Say<P>(var _, var message) -> say(message);
            case GossipInput.CommitJudged<P>(var _, var _, var commit, var isGood) -> commitJudged(commit, isGood);
            case GossipInput.CatchUpJudged<P>(var _, var _, var isGood) -> catchUps.processed()
                    .ifPresent(peer -> report(peer, isGood ? Reputation.CATCH_UP : Reputation.INVALID_CATCH_UP));
            case GossipInput.TimerFired<P> _ -> repeat();
        }
        List<GossipOutput<P>> outputs = out;
        out = List.of();
        return outputs;
    }

    private void connected(P peer, PeerRole role) {
        peers.put(peer, new PeerView(role));
        if (check.isPresent()) {
            tell(peer, peers.get(peer));
        }
    }

    private void tell(P peer, PeerView view) {
        if (view.noteTold(neighbor(), now, times.neighbor() / 2)) {
            send(peer, encode(neighbor()));
        }
    }

    private GossipMessage.Neighbor neighbor() {
        return new GossipMessage.Neighbor(round, setId(), commitHeight);
    }

    private long setId() {
        return check.map(MessageCheck::setId).orElse(0L);
    }

    private void setStarted(long setId, VoterSet voters) {
        if (check.filter(present -> present.setId() == setId).isPresent()) {
            // The voter begins anew and has forgotten what it heard, which nobody says again to us.
            votes.values().forEach(kept -> out.add(new GossipOutput.Deliver<>(kept.message)));
            return;
        }
        if (check.isEmpty()) {
            rebroadcastAt = now + times.rebroadcast();
        }
        check = Optional.of(new MessageCheck(ed25519, setId, voters));
        round = 1;
        expire(votes.keySet().iterator(), _ -> true);
        judging.clear();
        catchUps.reset();
        tell();
    }

    private void roundStarted(long started) {
        round = started;
        expire(votes.keySet().iterator(), kept -> kept.round() < started - ROUNDS_KEPT);
        tell();
    }

    private void expire(Iterator<Hash> kept, Predicate<Kept> isOld) {
        while (kept.hasNext()) {
            Hash hash = kept.next();
            if (isOld.test(votes.get(hash))) {
                kept.remove();
                peers.values().forEach(view -> view.forget(hash));
            }
        }
    }

    /** Tells all peers where we are, unless they know. */
    private void tell() {
        if (check.isPresent() && !told.equals(Optional.of(neighbor()))) {
            tellAgain();
        }
    }

    private void tellAgain() {
        told = Optional.of(neighbor());
        peers.forEach(this::tell);
        tellAt = now + times.neighbor();
        schedule();
    }

    private void schedule() {
        long next = Math.min(tellAt, rebroadcastAt);
        out.add(new GossipOutput.SetTimer<>(relayAt.map(at -> Math.min(at, next)).orElse(next)));
    }

    private void repeat() {
        if (check.isPresent() && now >= rebroadcastAt) {
            rebroadcastAt = now + times.rebroadcast();
            votes.forEach((_, kept) -> peers.forEach((peer, view) -> {
                if (view.wantsVote(setId(), kept.round())) {
                    send(peer, kept.encoded);
                }
            }));
            bestCommit.ifPresent(commit -> peers.forEach((peer, view) -> {
                if (view.wantsCommit(commit.setId, commit.height)) {
                    send(peer, commit.encoded);
                }
            }));
        }
        if (relayAt.filter(at -> now >= at).isPresent()) {
            relayAt = Optional.empty();
            bestCommit.ifPresent(commit -> peers.forEach((peer, view) -> offerCommit(peer, view, commit)));
        }
        if (check.isPresent() && now >= tellAt) {
            tellAgain();
        } else if (check.isPresent()) {
            schedule();
        }
    }

    private void say(GossipMessage message) {
        switch (message) {
            case GossipMessage.VoteMessage vote -> keep(vote, encode(vote));
            case GossipMessage.CommitMessage commit ->
                finalized(commit.setId(), commit.commit(), encode(commit), _ -> true);
            case GossipMessage.Neighbor _,GossipMessage.CatchUpRequest _,GossipMessage.CatchUpMessage _ ->
                throw new IllegalStateException("a voter only says votes and commits");
        }
    }

    private void received(P peer, Bytes notification) {
        PeerView view = peers.get(peer);
        if (view == null) {
            return;
        }
        GossipMessage message;
        try {
            message = GossipMessage.CODEC.decodeAll(notification.view());
        } catch (ScaleException malformed) {
            report(peer, Reputation.undecodable(notification.size()));
            return;
        }
        if (message instanceof GossipMessage.Neighbor neighbor) {
            moved(peer, view, neighbor);
        } else if (check.isEmpty()) {
            report(peer, Reputation.OUT_OF_SCOPE);
        } else {
            switch (message) {
                case GossipMessage.VoteMessage vote -> vote(peer, view, vote, notification);
                case GossipMessage.CommitMessage commit -> commit(peer, view, commit, notification);
                case GossipMessage.CatchUpRequest request -> catchUpRequest(peer, view, request);
                case GossipMessage.CatchUpMessage answer -> catchUp(peer, answer);
                case GossipMessage.Neighbor _ -> throw new IllegalStateException("neighbor packets were taken above");
            }
        }
    }

    private void moved(P peer, PeerView view, GossipMessage.Neighbor neighbor) {
        Reputation outcome = view.update(neighbor, now, times.neighbor() / 2);
        report(peer, outcome);
        if (outcome.equals(Reputation.NEIGHBOR) && check.isPresent()) {
            votes.forEach((hash, kept) -> offerVote(peer, view, hash, kept));
            bestCommit.ifPresent(commit -> offerCommit(peer, view, commit));
            boolean isFarAhead = view.setId() == setId() && view.round() >= round + CATCH_UP_ROUNDS;
            if (isFarAhead && view.role() != PeerRole.LIGHT && catchUps.isFree(now)) {
                catchUps.ask(peer, setId(), view.round() - 1, now)
                        .ifPresent(late -> report(late, Reputation.CATCH_UP_TIMEOUT));
                send(peer, encode(new GossipMessage.CatchUpRequest(view.round() - 1, setId())));
            }
        }
    }

    private void offerVote(P peer, PeerView view, Hash hash, Kept kept) {
        if (view.wantsVote(setId(), kept.round()) && view.noteSent(hash)) {
            send(peer, kept.encoded);
        }
    }

    private void offerCommit(P peer, PeerView view, BestCommit commit) {
        if (view.wantsCommit(commit.setId, commit.height) && view.noteSent(commit.hash)) {
            send(peer, commit.encoded);
        }
    }

    private void vote(P peer, PeerView view, GossipMessage.VoteMessage message, Bytes notification) {
        switch (PeerView.scope(setId(), round, message.setId(), message.round())) {
            case PAST -> report(peer, Reputation.PAST_MESSAGE);
            case FUTURE -> report(peer, Reputation.FUTURE_MESSAGE);
            case ACCEPT -> {
                Hash hash = hash(notification);
                if (votes.containsKey(hash)) {
                    if (!view.noteReceived(hash)) {
                        report(peer, Reputation.DUPLICATE_MESSAGE);
                    }
                    return;
                }
                Optional<Reputation> bad = check.flatMap(present -> present.vote(message.vote(), message.round()));
                report(peer, bad.orElse(Reputation.ROUND_MESSAGE));
                if (bad.isEmpty() && hasMoreToSay(message)) {
                    view.noteReceived(hash);
                    keep(message, notification);
                    out.add(new GossipOutput.Deliver<>(message));
                }
            }
        }
    }

    private boolean hasMoreToSay(GossipMessage.VoteMessage message) {
        return votes.values().stream()
                .filter(kept -> kept.round() == message.round() && kept.voter().equals(message.vote().id()))
                .count() < VOTES_PER_VOTER_MAX;
    }

    /** Keeps a vote and sends it to all who want it. */
    private void keep(GossipMessage.VoteMessage message, Bytes encoded) {
        Hash hash = hash(encoded);
        Kept kept = new Kept(encoded, message);
        votes.put(hash, kept);
        peers.forEach((peer, view) -> offerVote(peer, view, hash, kept));
    }

    private void commit(P peer, PeerView view, GossipMessage.CommitMessage message, Bytes notification) {
        long height = message.commit().target().number();
        Optional<Reputation> bad;
        if (!view.raiseCommit(height)) {
            bad = Optional.of(Reputation.INVALID_VIEW_CHANGE);
        } else if (message.setId() > setId()) {
            bad = Optional.of(Reputation.FUTURE_MESSAGE);
        } else if (message.setId() < setId() || height <= commitHeight) {
            bad = Optional.of(Reputation.PAST_MESSAGE);
        } else {
            bad = check.flatMap(present -> present.commit(message.commit(), message.round()));
        }
        report(peer, bad.orElse(Reputation.COMMIT));
        if (bad.isEmpty()) {
            judging.put(message.commit(), new Pending<>(peer, notification));
            if (judging.size() > JUDGING_MAX) {
                judging.remove(judging.keySet().iterator().next());
            }
            out.add(new GossipOutput.Deliver<>(message));
        }
    }

    private void commitJudged(Commit commit, boolean isGood) {
        Pending<P> sent = judging.remove(commit);
        if (sent != null && isGood) {
            PeerView sender = peers.get(sent.peer);
            if (sender != null && commit.target().number() > commitHeight) {
                sender.noteReceived(hash(sent.encoded));
            }
            relayAt = Optional.of(now + RELAY_MILLIS);
            finalized(setId(), commit, sent.encoded, view -> view.role() == PeerRole.LIGHT);
        } else if (sent != null) {
            report(sent.peer, Reputation.INVALID_COMMIT);
        }
    }

    /** A block is final by this commit: only the highest one is told on, to these peers at once. */
    private void finalized(long setId, Commit commit, Bytes encoded, Predicate<PeerView> atOnce) {
        if (commit.target().number() > commitHeight) {
            commitHeight = commit.target().number();
            bestCommit.ifPresent(old -> peers.values().forEach(view -> view.forget(old.hash)));
            BestCommit best = new BestCommit(hash(encoded), encoded, setId, commitHeight);
            bestCommit = Optional.of(best);
            // In this order: a packet that says no more than a commit before it counts as a repetition.
            tell();
            schedule();
            peers.forEach((peer, view) -> {
                if (atOnce.test(view)) {
                    offerCommit(peer, view, best);
                }
            });
        }
    }

    private void catchUpRequest(P peer, PeerView view, GossipMessage.CatchUpRequest request) {
        if (request.setId() != setId()) {
            boolean isJustBehind = request.setId() + 1 == setId() && round < CATCH_UP_ROUNDS;
            report(peer, isJustBehind ? Reputation.CATCH_UP_NEAR_CHANGE : Reputation.OUT_OF_SCOPE);
            return;
        }
        Optional<CatchUp> answer = view.round() >= request.round() ? Optional.empty()
                : completedRound.apply(request.round());
        report(peer, answer.isPresent() ? Reputation.CATCH_UP_REPLY : Reputation.OUT_OF_SCOPE);
        answer.ifPresent(catchUp -> send(peer, encode(new GossipMessage.CatchUpMessage(setId(), catchUp))));
    }

    private void catchUp(P peer, GossipMessage.CatchUpMessage answer) {
        if (!catchUps.isExpectedFrom(peer)) {
            report(peer, Reputation.OUT_OF_SCOPE);
            return;
        }
        Optional<Reputation> bad = !catchUps.fits(answer.setId(), answer.round())
                ? Optional.of(Reputation.MALFORMED_CATCH_UP)
                : check.flatMap(present -> present.catchUp(answer.catchUp()));
        if (bad.isPresent()) {
            report(peer, bad.get());
            catchUps.reset();
        } else {
            catchUps.answered();
            out.add(new GossipOutput.Deliver<>(answer));
        }
    }

    private void send(P peer, Bytes notification) {
        out.add(new GossipOutput.Send<>(peer, notification));
    }

    private void report(P peer, Reputation reputation) {
        out.add(new GossipOutput.Report<>(peer, reputation));
    }

    private static Bytes encode(GossipMessage message) {
        return Bytes.wrap(GossipMessage.CODEC.encode(message));
    }

    private static Hash hash(Bytes notification) {
        return Hash.wrap(Blake2b.hash256(notification.view()));
    }
}
