package io.vilokanam.consensus.grandpa.voter;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.round.Phase;
import io.vilokanam.consensus.grandpa.round.Round;
import io.vilokanam.consensus.grandpa.round.RoundState;
import io.vilokanam.consensus.grandpa.round.VoteImport;
import io.vilokanam.primitives.Hash;

/**
 * One round as a voter lives through it ({@code finality_grandpa::voter::voting_round}): when it proposes, prevotes and
 * precommits, for what, and when the round is over. An observer passes through the same steps without casting.
 */
final class VotingRound {

    /** How far we are in this round. */
    enum Step {
        /** Nothing was cast. */
        START,
        /** As primary we told the others which block the last round left open. */
        PROPOSED,
        /** Our prevote is cast. */
        PREVOTED,
        /** Our precommit is cast: we may leave the round. */
        PRECOMMITTED,
        /** We take no more part in voting: the round was completed without us, or there was nothing to vote for. */
        SILENT
    }

    /** What a round knows of the one before, which may still see votes. */
    static final class Cell {
        private RoundState state;

        Cell(RoundState state) {
            this.state = state;
        }

        RoundState state() {
            return state;
        }
    }

    /** Casts votes and knows what to vote for. */
    interface Ballot {

        void cast(Stage stage, BlockRef target);

        /** The head of the best chain that contains {@code base}, as far as we may vote; empty where it is unknown. */
        Optional<BlockRef> bestContaining(Hash base);
    }

    private final Round round;
    private final ChainView chain;
    private final Optional<Cell> previous;
    private final Cell own;
    private final long prevoteAt;
    private final long precommitAt;
    private boolean isVoting;
    private boolean isPrimary;
    private Step step;
    private Optional<BlockRef> hint = Optional.empty();
    private Optional<Commit> bestFinalized = Optional.empty();

    private VotingRound(Round round, ChainView chain, Optional<Cell> previous, long prevoteAt, long precommitAt,
            Step step) {
        this.round = round;
        this.chain = chain;
        this.previous = previous;
        this.own = new Cell(round.state());
        this.prevoteAt = prevoteAt;
        this.precommitAt = precommitAt;
        this.step = step;
    }

    /** A round that begins now. */
    static VotingRound starting(Round round, ChainView chain, Cell previous, long nowMillis, VoterConfig config) {
        var starting = new VotingRound(round, chain, Optional.of(previous), nowMillis + 2 * config.gossipMillis(),
                nowMillis + 4 * config.gossipMillis(), Step.START);
        starting.isVoting = config.localId().isPresent();
        starting.isPrimary = config.localId().filter(round.voters().primary(round.number()).id()::equals).isPresent();
        return starting;
    }

    /** A round that others completed. */
    static VotingRound completed(Round round, ChainView chain) {
        return new VotingRound(round, chain, Optional.empty(), 0, 0, Step.SILENT);
    }

    long number() {
        return round.number();
    }

    Round round() {
        return round;
    }

    Cell cell() {
        return own;
    }

    boolean isPrecommitted() {
        return step == Step.PRECOMMITTED;
    }

    /** We have moved on: no more votes in this round. */
    void silence() {
        step = step == Step.PRECOMMITTED ? step : Step.SILENT;
    }

    /** Takes in a vote; ignores one below the base. Answers the equivocation that it proves. */
    Optional<Equivocation> importVote(SignedVote vote) {
        if (!round.reaches(vote.target().hash(), chain)) {
            return Optional.empty();
        }
        return switch (vote.vote().stage()) {
            case PREVOTE -> importVote(Phase.PREVOTE, vote.signedTarget());
            case PRECOMMIT -> importVote(Phase.PRECOMMIT, vote.signedTarget());
            case PRIMARY_PROPOSE -> {
                if (vote.id().equals(round.voters().primary(round.number()).id())) {
                    hint = Optional.of(vote.target());
                }
                yield Optional.empty();
            }
        };
    }

    Optional<Equivocation> importVote(Phase phase, SignedTarget vote) {
        VoteImport outcome = round.importVote(phase, vote, chain);
        own.state = round.state();
        return outcome instanceof VoteImport.Equivocated(var equivocation) ? Optional.of(equivocation)
                : Optional.empty();
    }

    /** Casts what is due. */
    void vote(long nowMillis, Ballot ballot) {
        Optional<RoundState> last = previous.map(Cell::state);
        // A round starts once the one before has an estimate. Only more equivocations than are tolerated can take it
        // away again; then nothing that we could vote for is safe.
        Optional<BlockRef> estimate = last.flatMap(RoundState::estimate);
        if (estimate.isPresent()) {
            propose(last.get(), estimate.get(), ballot);
            prevote(last.get(), estimate.get(), nowMillis, ballot);
            precommit(estimate.get(), nowMillis, ballot);
        }
    }

    private void propose(RoundState last, BlockRef estimate, Ballot ballot) {
        boolean isOpen = last.finalized().map(finalized -> estimate.number() > finalized.number()).orElse(true);
        if (step == Step.START && isPrimary && isVoting && isOpen) {
            ballot.cast(Stage.PRIMARY_PROPOSE, estimate);
            step = Step.PROPOSED;
        }
    }

    private void prevote(RoundState last, BlockRef estimate, long nowMillis, Ballot ballot) {
        boolean isDue = (step == Step.START || step == Step.PROPOSED)
                && (nowMillis >= prevoteAt || round.state().completable());
        if (isDue && isVoting) {
            Optional<BlockRef> target = ballot.bestContaining(toContain(last, estimate));
            target.ifPresent(block -> ballot.cast(Stage.PREVOTE, block));
            // Where the block to build on has disappeared there is nothing that we could vote for.
            step = target.isPresent() ? Step.PREVOTED : Step.SILENT;
        } else if (isDue) {
            step = Step.PREVOTED;
        }
    }

    /**
     * The block that a prevote must contain: what the last round may have finalised, or the primary's hint where that
     * lies above it and the last round's prevotes contain it.
     */
    private Hash toContain(RoundState last, BlockRef estimate) {
        return hint.filter(block -> last.prevoteGhost()
                .map(ghost -> block.equals(ghost) || isBetween(estimate, block, ghost)).orElse(false)).orElse(estimate)
                .hash();
    }

    private boolean isBetween(BlockRef low, BlockRef block, BlockRef high) {
        return block.number() > low.number() && block.number() < high.number()
                && chain.ancestry(low.hash(), high.hash()).map(between -> between.contains(block.hash())).orElse(false);
    }

    private void precommit(BlockRef estimate, long nowMillis, Ballot ballot) {
        Optional<BlockRef> ghost = round.state().prevoteGhost();
        boolean isDue = step == Step.PREVOTED && (nowMillis >= precommitAt || round.state().completable());
        if (isDue && ghost.isPresent() && chain.isEqualOrDescendant(estimate.hash(), ghost.get().hash())) {
            if (isVoting) {
                ballot.cast(Stage.PRECOMMIT, ghost.get());
            }
            step = Step.PRECOMMITTED;
        }
    }

    /**
     * A commit for the block that this round finalised, each time there is a new one: but only once we have cast all
     * our votes here, so that after a restart no round starts from a block that was finalised in it.
     */
    Optional<Commit> newFinality() {
        RoundState state = round.state();
        boolean isNew = !bestFinalized.map(Commit::target).equals(state.finalized());
        boolean mayTell = step == Step.PRECOMMITTED || previous.isEmpty();
        if (!state.completable() || !isNew || !mayTell || state.finalized().isEmpty()) {
            return Optional.empty();
        }
        Optional<Commit> commit = round.finalizingCommit(chain);
        bestFinalized = commit.or(() -> bestFinalized);
        return commit;
    }

    Optional<Commit> finalizingCommit() {
        return bestFinalized;
    }

    /** Whether the next round may start: nothing is open here, nor in the round before. */
    boolean isOver() {
        return step == Step.PRECOMMITTED && round.state().completable()
                && previous.map(Cell::state).map(this::isSettled).orElse(true);
    }

    private boolean isSettled(RoundState last) {
        return last.estimate().isPresent() && last.finalized().isPresent()
                && (last.estimate().get().number() <= last.finalized().get().number() || round.state().finalized()
                        .map(finalized -> last.estimate().get().number() <= finalized.number()).orElse(false));
    }

    /** When time alone may change something here. */
    List<Long> deadlines() {
        return switch (step) {
            case START, PROPOSED -> List.of(prevoteAt);
            case PREVOTED -> List.of(precommitAt);
            case PRECOMMITTED, SILENT -> List.of();
        };
    }
}
