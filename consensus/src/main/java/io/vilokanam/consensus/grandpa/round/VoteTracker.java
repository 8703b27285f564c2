package io.vilokanam.consensus.grandpa.round;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.primitives.PublicKey;

/** The votes of one phase: at most two a voter, the second one being the proof that it equivocated. */
final class VoteTracker {

    /** What a voter said, and what else it said. */
    record Cast(SignedTarget first, Optional<SignedTarget> second) {

        boolean holds(SignedTarget vote) {
            return first.equals(vote) || second.filter(vote::equals).isPresent();
        }

        List<SignedTarget> votes() {
            return second.map(other -> List.of(first, other)).orElse(List.of(first));
        }
    }

    private final SortedMap<PublicKey, Cast> casts = new TreeMap<>();
    private final BitSet equivocators = new BitSet();
    private long weight;
    private long equivocationWeight;

    Optional<Cast> cast(PublicKey id) {
        return Optional.ofNullable(casts.get(id));
    }

    void first(VoterSet.Voter voter, SignedTarget vote) {
        casts.put(voter.id(), new Cast(vote, Optional.empty()));
        weight += voter.weight();
    }

    void second(VoterSet.Voter voter, SignedTarget vote) {
        casts.computeIfPresent(voter.id(), (_, cast) -> new Cast(cast.first, Optional.of(vote)));
        equivocators.set(voter.position());
        equivocationWeight += voter.weight();
    }

    /** In the order of keys. */
    SortedMap<PublicKey, Cast> casts() {
        return casts;
    }

    List<SignedTarget> votes() {
        List<SignedTarget> votes = new ArrayList<>();
        casts.values().forEach(cast -> votes.addAll(cast.votes()));
        return votes;
    }

    /** The positions of those who equivocated: they count for every block. */
    BitSet equivocators() {
        return equivocators;
    }

    /** The weight of all who voted. */
    long weight() {
        return weight;
    }

    /** The weight of those who equivocated. */
    long equivocationWeight() {
        return equivocationWeight;
    }
}
