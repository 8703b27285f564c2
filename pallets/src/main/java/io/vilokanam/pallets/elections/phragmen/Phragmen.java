package io.vilokanam.pallets.elections.phragmen;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * Sequential Phragmén: elects candidates one by one, each time the one whose election loads its voters least. The fixed-point
 * arithmetic, and where it rounds and saturates, is that of sp-npos-elections ({@code seq_phragmen}), so results are equal to
 * the last digit.
 */
public final class Phragmen {

    /** Who votes for whom, and with how much: {@code budget} is an unsigned 64-bit number. */
    public record Ballot(long budget, List<AccountId> votes) {}

    /** An elected candidate and the stake that backs it. */
    public record Winner(AccountId who, U128 stake) {}

    /** The denominator of all loads that are not zero. */
    private static final U128 WHOLE = U128.MAX;

    /** A fraction; equal denominators are assumed where two are added or subtracted. */
    private record Load(U128 n, U128 d) implements Comparable<Load> {

        static final Load ZERO = new Load(U128.ZERO, U128.ONE);
        static final Load MAX = new Load(U128.MAX, U128.ONE);

        Load plus(Load other) {
            return other.n.isZero() ? this : new Load(n.saturatingPlus(other.n), d);
        }

        Load minus(Load other) {
            return other.n.isZero() ? this : new Load(n.saturatingMinus(other.n), d);
        }

        @Override
        public int compareTo(Load other) {
            return d.equals(other.d) ? n.compareTo(other.n)
                    : n.toBigInteger().multiply(other.d.toBigInteger())
                            .compareTo(other.n.toBigInteger().multiply(d.toBigInteger()));
        }
    }

    private static final class Candidate {

        private final AccountId who;
        private Load score = Load.ZERO;
        private U128 approval = U128.ZERO;
        private U128 backing = U128.ZERO;
        private boolean isElected;

        Candidate(AccountId who) {
            this.who = who;
        }

        Load score() {
            return score;
        }
    }

    private static final class Edge {

        private final Candidate candidate;
        private Load load = Load.ZERO;

        Edge(Candidate candidate) {
            this.candidate = candidate;
        }
    }

    private static final class Voter {

        private final U128 budget;
        private final List<Edge> edges = new ArrayList<>();
        private Load load = Load.ZERO;

        Voter(U128 budget) {
            this.budget = budget;
        }
    }

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Voter> voters = new ArrayList<>();

    private Phragmen(List<AccountId> candidates, List<Ballot> ballots) {
        Map<AccountId, Candidate> byId = new TreeMap<>();
        for (AccountId who : candidates) {
            Candidate candidate = new Candidate(who);
            this.candidates.add(candidate);
            byId.put(who, candidate);
        }
        for (Ballot ballot : ballots) {
            Voter voter = new Voter(U128.of(ballot.budget));
            for (AccountId vote : ballot.votes) {
                Candidate candidate = byId.get(vote);
                if (candidate != null && voter.edges.stream().noneMatch(edge -> edge.candidate == candidate)) {
                    candidate.approval = candidate.approval.saturatingPlus(voter.budget);
                    voter.edges.add(new Edge(candidate));
                }
            }
            if (!voter.edges.isEmpty()) {
                voters.add(voter);
            }
        }
    }

    /**
     * Elects at most {@code seats} candidates.
     *
     * @return those elected, first elected first; some may be backed by nothing
     */
    public static List<Winner> elect(int seats, List<AccountId> candidates, List<Ballot> ballots) {
        return new Phragmen(candidates, ballots).elect(Math.min(seats, candidates.size()));
    }

    private List<Winner> elect(int seats) {
        List<Candidate> elected = new ArrayList<>();
        for (int round = 0; round < seats; round++) {
            score();
            candidates.stream().filter(candidate -> !candidate.isElected).min(Comparator.comparing(Candidate::score))
                    .ifPresent(winner -> {
                        elect(winner);
                        elected.add(winner);
                    });
        }
        back();
        return elected.stream().map(winner -> new Winner(winner.who, winner.backing)).toList();
    }

    /** What load the election of each candidate would lead to. */
    private void score() {
        for (Candidate candidate : candidates) {
            if (!candidate.isElected) {
                candidate.score = candidate.approval.isZero() ? Load.MAX
                        : new Load(WHOLE.dividedBy(candidate.approval), WHOLE);
            }
        }
        for (Voter voter : voters) {
            for (Edge edge : voter.edges) {
                Candidate candidate = edge.candidate;
                if (!candidate.isElected && !candidate.approval.isZero()) {
                    U128 share = scaled(voter.load.n, voter.budget, candidate.approval);
                    candidate.score = candidate.score.plus(new Load(share, voter.load.d));
                }
            }
        }
    }

    private void elect(Candidate winner) {
        winner.isElected = true;
        for (Voter voter : voters) {
            for (Edge edge : voter.edges) {
                if (edge.candidate.who.equals(winner.who)) {
                    edge.load = winner.score.minus(voter.load);
                    voter.load = winner.score;
                }
            }
        }
    }

    /** Splits each voter's budget among those elected of its candidates, as their loads are; nothing of it is left over. */
    private void back() {
        for (Voter voter : voters) {
            List<Edge> backed = new ArrayList<>();
            List<U128> weights = new ArrayList<>();
            for (Edge edge : voter.edges) {
                U128 weight = edge.candidate.isElected ? scaled(voter.budget, edge.load.n, voter.load.n) : U128.ZERO;
                if (!weight.isZero()) {
                    backed.add(edge);
                    weights.add(weight);
                }
            }
            List<U128> normalised = Normalised.of(weights, voter.budget);
            for (int i = 0; i < backed.size(); i++) {
                Candidate candidate = backed.get(i).candidate;
                candidate.backing = candidate.backing.saturatingPlus(normalised.get(i));
            }
        }
    }

    /** {@code a * b / c}, rounded down; the largest number where it does not fit 128 bits or {@code c} is zero. */
    private static U128 scaled(U128 a, U128 b, U128 c) {
        if (c.isZero()) {
            return U128.MAX;
        }
        BigInteger result = a.toBigInteger().multiply(b.toBigInteger()).divide(c.toBigInteger());
        return result.bitLength() > 128 ? U128.MAX : U128.of(result);
    }
}
