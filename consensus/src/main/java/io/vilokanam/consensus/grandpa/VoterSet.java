package io.vilokanam.consensus.grandpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.primitives.PublicKey;

/**
 * Who may vote in a round, with weights, ordered by key ({@code finality_grandpa::voter_set}). Weights are unsigned
 * 64-bit numbers.
 */
public final class VoterSet {

    /** A voter: its place in the order of keys, and its weight, never zero. */
    public record Voter(int position, PublicKey id, long weight) {}

    private final List<Voter> voters;
    private final Map<PublicKey, Voter> byId = new TreeMap<>();
    private final long totalWeight;

    private VoterSet(List<Voter> voters, long totalWeight) {
        this.voters = List.copyOf(voters);
        this.voters.forEach(voter -> byId.put(voter.id(), voter));
        this.totalWeight = totalWeight;
    }

    /**
     * The voters among {@code authorities}: those of weight zero are left out, weights of one key are added. Empty
     * where nobody is left or the total exceeds 64 bits.
     */
    public static Optional<VoterSet> of(Collection<Authority> authorities) {
        SortedMap<PublicKey, Long> weights = new TreeMap<>();
        long total = 0;
        for (Authority authority : authorities) {
            if (authority.weight() != 0) {
                long sum = total + authority.weight();
                if (Long.compareUnsigned(sum, total) < 0) {
                    return Optional.empty();
                }
                total = sum;
                weights.merge(authority.id(), authority.weight(), Long::sum);
            }
        }
        if (weights.isEmpty()) {
            return Optional.empty();
        }
        List<Voter> voters = new ArrayList<>();
        weights.forEach((id, weight) -> voters.add(new Voter(voters.size(), id, weight)));
        return Optional.of(new VoterSet(voters, total));
    }

    public Optional<Voter> voter(PublicKey id) {
        return Optional.ofNullable(byId.get(id));
    }

    public boolean contains(PublicKey id) {
        return byId.containsKey(id);
    }

    /** In the order of keys. */
    public List<Voter> voters() {
        return voters;
    }

    /** The primary of a round: the voters take turns in the order of keys. The round is unsigned. */
    public Voter primary(long round) {
        return voters.get((int) Long.remainderUnsigned(round, voters.size()));
    }

    public long totalWeight() {
        return totalWeight;
    }

    /** The least weight that is more than two thirds: all but a third that may be faulty, {@code n - (n - 1) / 3}. */
    public long threshold() {
        return threshold(totalWeight);
    }

    /** The threshold of a set of this total weight, which is not zero. */
    public static long threshold(long totalWeight) {
        return totalWeight - Long.divideUnsigned(totalWeight - 1, 3);
    }

    public boolean isSupermajority(long weight) {
        return Long.compareUnsigned(weight, threshold()) >= 0;
    }
}
