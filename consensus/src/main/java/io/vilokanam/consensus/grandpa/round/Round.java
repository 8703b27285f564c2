package io.vilokanam.consensus.grandpa.round;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;

/**
 * The votes of one round and what follows from them (w3f polkadot-spec, "Finality", and
 * {@code finality_grandpa::round}). Who calls has checked the signatures.
 */
public final class Round {

    private final long number;
    private final VoterSet voters;
    private final VoteGraph graph;
    private final VoteTracker prevotes = new VoteTracker();
    private final VoteTracker precommits = new VoteTracker();
    private final List<SignedVote> seen = new ArrayList<>();
    private Optional<BlockRef> precommitGhost = Optional.empty();
    private RoundState state = RoundState.EMPTY;

    /** A round without votes; votes count where their target is {@code base} or descends from it. */
    public Round(long number, VoterSet voters, BlockRef base) {
        this.number = number;
        this.voters = voters;
        this.graph = new VoteGraph(base);
    }

    public long number() {
        return number;
    }

    public VoterSet voters() {
        return voters;
    }

    public BlockRef base() {
        return graph.base();
    }

    public RoundState state() {
        return state;
    }

    /** The votes that were kept, in the order of their import. */
    public List<SignedVote> seen() {
        return Collections.unmodifiableList(seen);
    }

    /** All kept votes of a phase, in the order of keys. */
    public List<SignedTarget> votes(Phase phase) {
        return tracker(phase).votes();
    }

    /** The weight of all who voted in a phase. */
    public long weight(Phase phase) {
        return tracker(phase).weight();
    }

    /** The keys of all who voted in a phase, in their order. */
    public List<PublicKey> voted(Phase phase) {
        return List.copyOf(tracker(phase).casts().keySet());
    }

    private VoteTracker tracker(Phase phase) {
        return phase == Phase.PREVOTE ? prevotes : precommits;
    }

    /** Whether a vote for this block can count here: it is the base or descends from it. */
    public boolean reaches(Hash block, Ancestry chain) {
        return graph.reaches(block, chain);
    }

    /** Takes a prevote or precommit. Only votes that were kept change the state. */
    public VoteImport importVote(Phase phase, SignedTarget vote, Ancestry chain) {
        Optional<VoterSet.Voter> voter = voters.voter(vote.id());
        if (voter.isEmpty()) {
            return new VoteImport.Stranger();
        }
        VoteTracker tracker = tracker(phase);
        Optional<VoteTracker.Cast> before = tracker.cast(vote.id());
        if (before.isPresent()) {
            if (before.get().holds(vote)) {
                return new VoteImport.Duplicate();
            }
            if (before.get().second().isPresent()) {
                return new VoteImport.Redundant();
            }
            tracker.second(voter.get(), vote);
        } else {
            if (!graph.insert(vote.target().hash(), voter.get().position(), phase, chain)) {
                return new VoteImport.NotDescendant();
            }
            tracker.first(voter.get(), vote);
        }
        seen.add(vote.in(phase.stage()));
        state = assess(phase);
        return before.<VoteImport>map(cast -> new VoteImport.Equivocated(
                new Equivocation(phase.stage(), number, vote.id(), cast.first(), vote)))
                .orElse(new VoteImport.Counted());
    }

    /** The highest block with a supermajority of precommits. */
    public Optional<BlockRef> precommitGhost() {
        if (voters.isSupermajority(precommits.weight())) {
            precommitGhost = graph.ghost(precommitGhost, node -> isHeavy(node, Phase.PRECOMMIT));
        }
        return precommitGhost;
    }

    private boolean isHeavy(VoteGraph.Node node, Phase phase) {
        return voters.isSupermajority(weight(node, phase));
    }

    private long weight(VoteGraph.Node node, Phase phase) {
        BitSet inFavour = node.votes(phase);
        BitSet equivocators = tracker(phase).equivocators();
        long weight = 0;
        for (VoterSet.Voter voter : voters.voters()) {
            if (inFavour.get(voter.position()) || equivocators.get(voter.position())) {
                weight += voter.weight();
            }
        }
        return weight;
    }

    private RoundState assess(Phase changed) {
        if (!voters.isSupermajority(prevotes.weight())) {
            return state;
        }
        Optional<BlockRef> ghost = changed == Phase.PREVOTE
                ? graph.ghost(state.prevoteGhost(), node -> isHeavy(node, Phase.PREVOTE))
                : state.prevoteGhost();
        if (ghost.isEmpty()) {
            return new RoundState(ghost, state.finalized(), state.estimate(), state.completable());
        }
        if (!voters.isSupermajority(precommits.weight())) {
            // Whoever has not precommitted yet, and those who may still equivocate, could carry any block.
            return new RoundState(ghost, state.finalized(), ghost, state.completable());
        }
        Optional<BlockRef> finalized = graph.highestAncestor(ghost.get(), node -> isHeavy(node, Phase.PRECOMMIT));
        Predicate<VoteGraph.Node> possible = this::mayStillBePrecommitted;
        Optional<BlockRef> estimate = graph.highestAncestor(ghost.get(), possible);
        // With a supermajority of precommits seen, a block that is not in the graph cannot reach one any more: only the
        // children that are there matter.
        boolean completable = estimate.isPresent() && (!estimate.equals(ghost)
                || graph.ghost(estimate, possible).map(highest -> highest.equals(ghost.get())).orElse(true));
        return new RoundState(ghost, finalized, estimate, completable);
    }

    /**
     * Whether a supermajority could still precommit for this block: all who precommitted for it, all who have not
     * precommitted, and of the others as many as may still equivocate within the third that is tolerated.
     */
    private boolean mayStillBePrecommitted(VoteGraph.Node node) {
        long inFavour = weight(node, Phase.PRECOMMIT);
        long missing = voters.totalWeight() - precommits.weight();
        long tolerated = saturatingMinus(voters.totalWeight() - voters.threshold(), precommits.equivocationWeight());
        long against = saturatingMinus(precommits.weight(), inFavour);
        long turning = Long.compareUnsigned(against, tolerated) < 0 ? against : tolerated;
        // Cannot overflow: these are disjoint parts of the total weight.
        return voters.isSupermajority(inFavour + missing + turning);
    }

    private static long saturatingMinus(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 0 : a - b;
    }

    /**
     * A commit for the block that this round finalised: the precommits for it or a descendant, one a voter where that
     * is enough (light clients want it so), else both votes of every equivocator. Empty as long as nothing is
     * finalised, or what is cannot be shown to others: an equivocator that voted beside the block counts here, but
     * makes a commit invalid.
     */
    public Optional<Commit> finalizingCommit(Ancestry chain) {
        return state.finalized().flatMap(target -> Stream.of(singleVotes(target, chain), allVotes(target, chain))
                .filter(commit -> CommitCheck.of(commit, voters, chain) instanceof CommitCheck.Valid).findFirst());
    }

    private Commit singleVotes(BlockRef target, Ancestry chain) {
        return new Commit(target, precommits.casts().values().stream().map(VoteTracker.Cast::votes)
                .flatMap(votes -> votes.stream().filter(vote -> supports(target, vote, chain)).limit(1)).toList());
    }

    private Commit allVotes(BlockRef target, Ancestry chain) {
        return new Commit(target, precommits.casts().values().stream()
                .filter(cast -> cast.second().isPresent() || supports(target, cast.first(), chain))
                .flatMap(cast -> cast.votes().stream()).toList());
    }

    private static boolean supports(BlockRef target, SignedTarget vote, Ancestry chain) {
        return chain.isEqualOrDescendant(target.hash(), vote.target().hash());
    }
}
