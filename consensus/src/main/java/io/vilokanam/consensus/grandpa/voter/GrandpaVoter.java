package io.vilokanam.consensus.grandpa.voter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.round.CommitCheck;
import io.vilokanam.consensus.grandpa.round.Phase;
import io.vilokanam.consensus.grandpa.round.Round;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;

/**
 * The voter of one authority set (w3f polkadot-spec, "Finality"; {@code finality_grandpa::voter}). Equal inputs in
 * equal order give equal outputs. An observer is the same machine without a key.
 *
 * <p>Our own votes count when they come back signed, like everybody's. A round is left when nothing in it or the round
 * before is open; it then stays in the background until all that it may have finalised is final.
 */
public final class GrandpaVoter {

    /** So many rounds stay in the background; the oldest go. */
    private static final int BACKGROUND_MAX = 64;

    /** What a voter may say in one round, an equivocation included: six messages are kept of each. */
    private static final int EARLY_VOTES_PER_VOTER_MAX = 6;

    /** Finality found in a round, before it is made known. */
    private record Finality(long round, Commit commit) {}

    private final VoterConfig config;
    private final ChainView chain;
    private final SetLimits limits;
    private final VoteTarget voteTarget;
    private final SortedMap<Long, BackgroundRound> background = new TreeMap<>();
    private final HeldMessages held = new HeldMessages();
    private final List<SignedVote> early = new ArrayList<>();
    private final Deque<Finality> found = new ArrayDeque<>();
    private VoterState state;
    private Optional<VotingRound> present = Optional.empty();
    private BlockRef finalizedInRounds;
    private long finalizedNumber;
    private Optional<Long> timer = Optional.empty();
    private boolean isEnded;

    private long now;
    private List<Output> out = List.of();

    /**
     * @param state what was last persisted for this set, or {@link VoterState#first}
     * @param lastFinalized the last block that is final
     */
    public GrandpaVoter(VoterConfig config, ChainView chain, SetLimits limits, VoterState state,
            BlockRef lastFinalized) {
        if (state.setId() != config.setId()) {
            throw new IllegalArgumentException(
                    "the state is of set " + state.setId() + ", the voter of " + config.setId());
        }
        this.config = config;
        this.chain = chain;
        this.limits = limits;
        this.voteTarget = new VoteTarget(chain, limits, config.rule());
        this.state = state;
        this.finalizedInRounds = lastFinalized;
        this.finalizedNumber = lastFinalized.number();
    }

    /** Takes one input; the outputs are to be performed in order. */
    public List<Output> step(Input input) {
        if (isEnded) {
            return List.of();
        }
        if (present.isEmpty() != input instanceof Input.Started) {
            throw new IllegalStateException("a voter is started once, before anything else");
        }
        now = input.nowMillis();
        out = new ArrayList<>();
        take(input);
        drive();
        schedule();
        List<Output> outputs = out;
        out = List.of();
        return outputs;
    }

    private void take(Input input) {
        switch (input) {
            case Input.Started _ -> start();
            case Input.TimerFired _ -> {
                timer = Optional.empty();
                held.toSeek(now).forEach(block -> out.add(new Output.SeekBlock(block)));
            }
            case Input.BlockImported(var _, var block) -> held.release(block.hash()).forEach(this::take);
            case Input.VoteReceived(var _, var round, var vote) -> {
                if (isReady(input, Stream.of(vote.target()))) {
                    importVote(round, vote);
                }
            }
            case Input.VoteSigned(var _, var round, var vote) -> {
                out.add(new Output.Gossip(new GossipMessage.VoteMessage(round, config.setId(), vote)));
                importVote(round, vote);
            }
            case Input.CommitReceived(var _, var round, var commit) -> {
                if (isReady(input, Stream.concat(Stream.of(commit.target()), targets(commit.precommits())))) {
                    importCommit(round, commit);
                }
            }
            case Input.CatchUpReceived(var _, var catchUp) -> {
                if (isReady(input, Stream.of(Stream.of(catchUp.base()), targets(catchUp.prevotes()),
                        targets(catchUp.precommits())).flatMap(targets -> targets))) {
                    importCatchUp(catchUp);
                }
            }
            case Input.FinalityLearnt(var _, var block) ->
                finalizedNumber = Math.max(finalizedNumber, block.number());
        }
    }

    private static Stream<BlockRef> targets(List<SignedTarget> votes) {
        return votes.stream().map(SignedTarget::target);
    }

    /**
     * Whether all these blocks are here. Holds the message back where one is missing; drops it where a number is wrong.
     */
    private boolean isReady(Input message, Stream<BlockRef> blocks) {
        for (BlockRef block : (Iterable<BlockRef>) blocks::iterator) {
            Optional<BlockRef> known = chain.block(block.hash());
            if (known.isEmpty()) {
                held.hold(message, block, now);
                return false;
            }
            if (known.get().number() != block.number()) {
                judge(message, false);
                return false;
            }
        }
        return true;
    }

    private void judge(Input message, boolean isGood) {
        if (message instanceof Input.CommitReceived(var _, var round, var commit)) {
            out.add(new Output.CommitJudged(round, commit, isGood));
        } else if (message instanceof Input.CatchUpReceived(var _, var catchUp)) {
            out.add(new Output.CatchUpJudged(catchUp, isGood));
        }
    }

    private void start() {
        CompletedRound last = state.last();
        VotingRound.Cell settled = new VotingRound.Cell(CompletedRound.genesis(last.base()).state());
        Round round = new Round(last.number(), config.voters(), last.base());
        VotingRound again = VotingRound.completed(round, chain);
        last.votes().forEach(again::importVote);
        if (last.number() > 0 && round.state().completable()) {
            settled = again.cell();
            addBackground(again);
        }
        // A peer may still be in that round and wait for these votes; after a restart nobody else may have them.
        last.votes().forEach(vote -> out.add(
                new Output.Gossip(new GossipMessage.VoteMessage(last.number(), config.setId(), vote))));
        begin(last.number() + 1, settled);
    }

    private void begin(long number, VotingRound.Cell previous) {
        VotingRound next = VotingRound.starting(new Round(number, config.voters(), finalizedInRounds), chain, previous,
                now,
                config);
        present = Optional.of(next);
        out.add(new Output.RoundStarted(number));
        List<SignedVote> votes = List.copyOf(early);
        early.clear();
        votes.forEach(vote -> importVote(number, vote));
    }

    private VotingRound best() {
        return present.orElseThrow(() -> new IllegalStateException("the voter has not started"));
    }

    private void importVote(long round, SignedVote vote) {
        if (!config.voters().contains(vote.id())) {
            return;
        }
        long number = best().number();
        Optional<VotingRound> voting = round == number ? present
                : Optional.ofNullable(background.get(round)).map(BackgroundRound::voting);
        voting.flatMap(known -> known.importVote(vote)).ifPresent(this::report);
        if (round == number + 1 && early.stream().filter(other -> other.id().equals(vote.id()))
                .count() < EARLY_VOTES_PER_VOTER_MAX && !early.contains(vote)) {
            early.add(vote);
        }
    }

    private void report(Equivocation equivocation) {
        if (config.localId().filter(equivocation.id()::equals).isEmpty()) {
            out.add(new Output.ReportEquivocation(new Equivocation.Proof(config.setId(), equivocation)));
        }
    }

    private void importCommit(long round, Commit commit) {
        boolean isGood = CommitCheck.of(commit, config.voters(), chain) instanceof CommitCheck.Valid;
        out.add(new Output.CommitJudged(round, commit, isGood));
        if (isGood) {
            BackgroundRound known = background.get(round);
            if (known != null) {
                known.noteCommit(commit);
                commit.precommits().stream()
                        .flatMap(vote -> known.voting().importVote(Phase.PRECOMMIT, vote).stream())
                        .forEach(this::report);
            }
            if (commit.target().number() > finalizedNumber) {
                finalize(new Finality(round, commit));
            }
        }
    }

    private void importCatchUp(CatchUp catchUp) {
        Optional<Round> completed = catchUp.round() <= best().number() ? Optional.empty()
                : CatchUpCheck.completedRound(catchUp, config.voters(), chain);
        out.add(new Output.CatchUpJudged(catchUp, completed.isPresent()));
        if (completed.isPresent()) {
            VotingRound caughtUp = VotingRound.completed(completed.get(), chain);
            VotingRound old = best();
            old.silence();
            early.clear();
            addBackground(old);
            complete(caughtUp);
        }
    }

    /** Leaves a round for the next one, which starts from what earlier rounds have finalised. */
    private void complete(VotingRound done) {
        persist(state.completing(CompletedRound.of(done.round())));
        addBackground(done);
        begin(done.number() + 1, done.cell());
    }

    private void addBackground(VotingRound round) {
        background.put(round.number(), new BackgroundRound(round, now + commitDelay(round.number())));
        if (background.size() > BACKGROUND_MAX) {
            background.remove(background.firstKey());
        }
    }

    /**
     * The voters commit one after the other within 2 T, another one first in each round: mostly the first commit spares
     * all others. The reference draws the delay from the same range.
     */
    private long commitDelay(long round) {
        long range = 2 * config.gossipMillis();
        int count = config.voters().voters().size();
        return config.localId().flatMap(config.voters()::voter).map(VoterSet.Voter::position)
                .map(position -> range * Long.remainderUnsigned(round + position, count) / count).orElse(range);
    }

    private void persist(VoterState next) {
        if (!next.equals(state)) {
            state = next;
            out.add(new Output.Persist(next));
        }
    }

    private void drive() {
        settle();
        boolean isOver = true;
        while (isOver && !isEnded) {
            VotingRound round = best();
            round.vote(now, new Voting(round.number()));
            note(round);
            isOver = round.isOver();
            if (isOver) {
                complete(round);
            }
            settle();
        }
    }

    /** Makes known what is final, and lets go of rounds that are settled. */
    private void settle() {
        for (BackgroundRound round : List.copyOf(background.values())) {
            note(round.voting());
        }
        while (!found.isEmpty() && !isEnded) {
            Finality finality = found.poll();
            if (finality.commit.target().number() > finalizedInRounds.number()) {
                finalizedInRounds = finality.commit.target();
            }
            if (finality.commit.target().number() > finalizedNumber) {
                finalize(finality);
            }
        }
        for (BackgroundRound round : isEnded ? List.<BackgroundRound>of() : List.copyOf(background.values())) {
            long number = round.voting().number();
            // Observers say nothing, also not what they could prove.
            round.commitDue(now).filter(_ -> config.localId().isPresent())
                    .ifPresent(commit -> out.add(commitMessage(number, commit)));
            if (round.isConcluded(finalizedNumber)) {
                background.remove(number);
                persist(state.concluding(CompletedRound.of(round.voting().round())));
            }
        }
    }

    private void note(VotingRound round) {
        round.newFinality().ifPresent(commit -> found.add(new Finality(round.number(), commit)));
    }

    private Output commitMessage(long round, Commit commit) {
        return new Output.Gossip(new GossipMessage.CommitMessage(round, config.setId(), commit));
    }

    private void finalize(Finality finality) {
        BlockRef block = finality.commit.target();
        finalizedNumber = block.number();
        GrandpaJustification justification = GrandpaJustification.of(finality.round, finality.commit, chain)
                .orElseThrow(
                        () -> new IllegalStateException("votes were counted for blocks that are not here: " + block));
        out.add(new Output.Finalize(block, finality.round, justification));
        if (limits.isEndedBy(block)) {
            // The next set begins at once: our own commit timer would come too late.
            out.add(commitMessage(finality.round, finality.commit));
            out.add(new Output.SetEnded(block));
            isEnded = true;
        }
    }

    /** Casts votes in a round, each on disk before it is signed, and after a restart the same as before. */
    private final class Voting implements VotingRound.Ballot {

        private final long round;

        Voting(long round) {
            this.round = round;
        }

        @Override
        public void cast(Stage stage, BlockRef target) {
            PublicKey id = config.localId().orElseThrow(() -> new IllegalStateException("an observer has no vote"));
            CastVotes before = state.cast().filter(votes -> votes.id().equals(id)).orElse(CastVotes.none(id));
            BlockRef chosen = before.in(stage).orElse(target);
            persist(state.with(before.with(stage, chosen)));
            out.add(new Output.SignVote(round, config.setId(), id, new Vote(stage, chosen)));
        }

        @Override
        public Optional<BlockRef> bestContaining(Hash base) {
            return voteTarget.bestContaining(base);
        }
    }

    private void schedule() {
        Optional<Long> next = Stream.of(best().deadlines().stream(),
                background.values().stream().flatMap(round -> round.deadline().stream()), held.deadline().stream())
                .flatMap(deadlines -> deadlines).filter(at -> at > now).min(Long::compare);
        if (next.isPresent() && !next.equals(timer) && !isEnded) {
            timer = next;
            out.add(new Output.SetTimer(next.get()));
        }
    }

    public long setId() {
        return config.setId();
    }

    /** The round that we are in; 0 before the start. */
    public long roundNumber() {
        return present.map(VotingRound::number).orElse(0L);
    }

    /** How many messages wait for blocks that they are about. */
    public int waiting() {
        return held.count();
    }

    /** All votes of our last completed round, for a peer that asks for this round; empty where we are not that far. */
    public Optional<CatchUp> catchUp(long requestedRound) {
        CompletedRound last = state.last();
        return last.number() > 0 && Long.compareUnsigned(last.number(), requestedRound) >= 0
                ? Optional.of(last.catchUp())
                : Optional.empty();
    }

    public VoterReport report() {
        return new VoterReport(config.setId(), VoterReport.RoundReport.of(best().round()), background.values().stream()
                .map(round -> VoterReport.RoundReport.of(round.voting().round())).toList());
    }
}
