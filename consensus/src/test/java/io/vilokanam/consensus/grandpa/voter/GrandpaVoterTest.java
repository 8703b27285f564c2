package io.vilokanam.consensus.grandpa.voter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.MemoryChain;
import io.vilokanam.consensus.TestKeys;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.justification.JustificationVerdict;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.testkit.SeededTest;

class GrandpaVoterTest {

    private static final long T = 100;

    /** A set without end. */
    private static final SetLimits ENDLESS = new SetLimits() {
        @Override
        public Optional<Long> voteLimit(long min) {
            return Optional.empty();
        }

        @Override
        public boolean isEndedBy(BlockRef finalized) {
            return false;
        }
    };

    private static PublicKey key(int index) {
        return TestKeys.key(TestKeys.ed25519(index));
    }

    private static List<Authority> authorities(int count) {
        List<Authority> authorities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            authorities.add(new Authority(key(i), 1));
        }
        return authorities;
    }

    private static GrandpaVoter voter(int count, Optional<PublicKey> id, MemoryChain chain, VotingRule rule) {
        var config = new VoterConfig(0, VoterSet.of(authorities(count)).orElseThrow(), id, T, rule);
        return new GrandpaVoter(config, chain, ENDLESS, VoterState.first(0, TestChain.GENESIS), TestChain.GENESIS);
    }

    private static SignedVote sign(int index, Vote vote, long round) {
        return new SignedVote(vote, TestKeys.sign(TestKeys.ed25519(index), vote.payload(round, 0)), key(index));
    }

    /** Performs signing at once and collects everything. */
    private static List<Output> run(GrandpaVoter voter, int index, Input input) {
        List<Output> all = new ArrayList<>();
        for (Output output : voter.step(input)) {
            all.add(output);
            if (output instanceof Output.SignVote(var round, var _, var _, var vote)) {
                all.addAll(run(voter, index, new Input.VoteSigned(input.nowMillis(), round, sign(index, vote, round))));
            }
        }
        return all;
    }

    private static <O extends Output> List<O> only(Class<O> type, List<Output> outputs) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void aLoneVoterFinalisesTheBestBlockAfterFourGossipTimes() {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 3, 0));
        var voter = voter(1, Optional.of(key(0)), chain, VotingRule.NONE);
        var start = run(voter, 0, new Input.Started(1000));
        assertEquals(List.of(new Output.RoundStarted(1), new Output.SetTimer(1000 + 2 * T)), start);
        var prevoting = run(voter, 0, new Input.TimerFired(1000 + 2 * T));
        assertEquals(new Vote(Stage.PREVOTE, chain.best()), only(Output.SignVote.class, prevoting).getFirst().vote());
        assertInstanceOf(Output.Persist.class, prevoting.getFirst());
        assertEquals(new Output.SetTimer(1000 + 4 * T), prevoting.getLast());
        var done = run(voter, 0, new Input.TimerFired(1000 + 4 * T));
        assertEquals(new Vote(Stage.PRECOMMIT, chain.best()), only(Output.SignVote.class, done).getFirst().vote());
        var finality = only(Output.Finalize.class, done).getFirst();
        assertEquals(chain.best(), finality.block());
        assertInstanceOf(JustificationVerdict.Valid.class,
                new JustificationVerifier(TestKeys.ED25519).verify(finality.justification(), 0, authorities(1)));
        assertEquals(List.of(new Output.RoundStarted(2)), only(Output.RoundStarted.class, done));
        assertEquals(2, voter.roundNumber());
    }

    /**
     * The promise of a development chain: wherever in a round a block comes, it is final within a slot of two seconds.
     */
    @SeededTest(runs = 50)
    void aDevBlockIsFinalWithinASlot(long seed) {
        long slot = 2_000;
        long offset = new Random(seed).nextLong(slot);
        var chain = new MemoryChain(TestChain.GENESIS);
        var config = new VoterConfig(0, VoterSet.of(authorities(1)).orElseThrow(), Optional.of(key(0)),
                VoterConfig.DEV_GOSSIP_MILLIS, VotingRule.NONE);
        var voter = new GrandpaVoter(config, chain, ENDLESS, VoterState.first(0, TestChain.GENESIS), TestChain.GENESIS);
        long wake = timer(run(voter, 0, new Input.Started(0)), Long.MAX_VALUE);
        long finalized = 0;
        for (long now = 1; now < 20 * slot; now++) {
            List<Output> outputs = new ArrayList<>();
            if (now % slot == offset) {
                assertEquals(chain.best().number(), finalized, "the block of the last slot is not final");
                outputs.addAll(
                        run(voter, 0, new Input.BlockImported(now, chain.add(TestChain.child(chain.best(), 0)))));
            }
            if (now == wake) {
                outputs.addAll(run(voter, 0, new Input.TimerFired(now)));
            }
            wake = timer(outputs, wake);
            for (Output.Finalize finality : only(Output.Finalize.class, outputs)) {
                finalized = finality.block().number();
            }
        }
        assertTrue(finalized >= 18);
    }

    private static long timer(List<Output> outputs, long before) {
        return only(Output.SetTimer.class, outputs).stream().map(Output.SetTimer::atMillis)
                .reduce(before, (_, next) -> next);
    }

    @Test
    void stockRulesStayTwoBlocksBehindAndWithinThreeQuarters() {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 20, 0));
        var target = new VoteTarget(chain, ENDLESS, VotingRule.STOCK).bestContaining(TestChain.GENESIS.hash());
        assertEquals(15, target.orElseThrow().number());
        var from15 = new VoteTarget(chain, ENDLESS, VotingRule.STOCK).bestContaining(target.get().hash());
        assertEquals(18, from15.orElseThrow().number());
        var from19 = chain.ancestorAt(chain.best(), 19).orElseThrow();
        assertEquals(Optional.of(from19),
                new VoteTarget(chain, ENDLESS, VotingRule.STOCK).bestContaining(from19.hash()));
    }

    @Test
    void nobodyVotesBeyondTheBlockThatEndsTheSet() {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 20, 0));
        var limits = new SetLimits() {
            @Override
            public Optional<Long> voteLimit(long min) {
                return Optional.of(7L);
            }

            @Override
            public boolean isEndedBy(BlockRef finalized) {
                return finalized.number() == 7;
            }
        };
        var target = new VoteTarget(chain, limits, VotingRule.NONE).bestContaining(TestChain.GENESIS.hash());
        assertEquals(7, target.orElseThrow().number());
        var config = new VoterConfig(0, VoterSet.of(authorities(1)).orElseThrow(), Optional.of(key(0)), T,
                VotingRule.NONE);
        var voter = new GrandpaVoter(config, chain, limits, VoterState.first(0, TestChain.GENESIS), TestChain.GENESIS);
        run(voter, 0, new Input.Started(0));
        run(voter, 0, new Input.TimerFired(2 * T));
        var last = run(voter, 0, new Input.TimerFired(4 * T));
        assertEquals(new Output.SetEnded(target.get()), last.getLast());
        assertInstanceOf(GossipMessage.CommitMessage.class, only(Output.Gossip.class, last).getLast().message());
        assertEquals(List.of(), run(voter, 0, new Input.TimerFired(10 * T)));
    }

    @Test
    void aRestartedVoterRepeatsItsVoteEvenWhereTheChainHasGrown() {
        List<Header> headers = TestChain.grow(TestChain.GENESIS, 3, 0);
        var chain = TestChain.with(headers);
        var voter = voter(1, Optional.of(key(0)), chain, VotingRule.NONE);
        run(voter, 0, new Input.Started(0));
        var prevoting = voter.step(new Input.TimerFired(2 * T));
        var persisted = only(Output.Persist.class, prevoting).getLast().state();
        BlockRef voted = chain.best();
        chain.add(TestChain.child(chain.best(), 0));
        var config = new VoterConfig(0, VoterSet.of(authorities(1)).orElseThrow(), Optional.of(key(0)), T,
                VotingRule.NONE);
        var again = new GrandpaVoter(config, chain, ENDLESS, persisted, TestChain.GENESIS);
        run(again, 0, new Input.Started(5000));
        var repeated = again.step(new Input.TimerFired(5000 + 2 * T));
        assertEquals(new Vote(Stage.PREVOTE, voted), only(Output.SignVote.class, repeated).getFirst().vote());
        assertEquals(List.of(), only(Output.Persist.class, repeated));
    }

    @Test
    void aVoteForAnUnknownBlockWaitsForItAndThenCounts() {
        List<Header> headers = TestChain.grow(TestChain.GENESIS, 2, 0);
        var chain = TestChain.with(headers.subList(0, 1));
        var voter = voter(2, Optional.empty(), chain, VotingRule.NONE);
        run(voter, 0, new Input.Started(0));
        BlockRef unknown = BlockRef.of(headers.getLast());
        voter.step(new Input.VoteReceived(10, 1, sign(0, new Vote(Stage.PREVOTE, unknown), 1)));
        assertEquals(0, voter.report().best().prevotes().currentWeight());
        var late = voter.step(new Input.TimerFired(10 + HeldMessages.SEEK_AFTER_MILLIS));
        assertEquals(List.of(new Output.SeekBlock(unknown)), only(Output.SeekBlock.class, late));
        chain.add(headers.getLast());
        voter.step(new Input.BlockImported(6000, unknown));
        assertEquals(1, voter.report().best().prevotes().currentWeight());
        assertEquals(List.of(key(1)), voter.report().best().prevotes().missing());
    }

    @Test
    void anEquivocationIsReportedOnce() {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 2, 0));
        BlockRef other = chain.add(TestChain.child(TestChain.GENESIS, 1));
        var voter = voter(4, Optional.of(key(0)), chain, VotingRule.NONE);
        run(voter, 0, new Input.Started(0));
        voter.step(new Input.VoteReceived(10, 1, sign(1, new Vote(Stage.PREVOTE, chain.best()), 1)));
        var second = voter.step(new Input.VoteReceived(11, 1, sign(1, new Vote(Stage.PREVOTE, other), 1)));
        var report = only(Output.ReportEquivocation.class, second).getFirst().proof();
        assertTrue(report.isValid(TestKeys.ED25519));
        assertEquals(key(1), report.equivocation().id());
        var third = voter.step(
                new Input.VoteReceived(12, 1, sign(1, new Vote(Stage.PREVOTE, TestChain.GENESIS), 1)));
        assertEquals(List.of(), only(Output.ReportEquivocation.class, third));
    }

    @Test
    void anObserverFollowsACommitWithoutVoting() {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 5, 0));
        var voter = voter(1, Optional.of(key(0)), chain, VotingRule.NONE);
        run(voter, 0, new Input.Started(0));
        run(voter, 0, new Input.TimerFired(2 * T));
        var finality = only(Output.Finalize.class, run(voter, 0, new Input.TimerFired(4 * T))).getFirst();
        var observer = voter(1, Optional.empty(), chain, VotingRule.NONE);
        observer.step(new Input.Started(0));
        var outputs = observer.step(new Input.CommitReceived(500, 1, finality.justification().commit()));
        assertEquals(finality.block(), only(Output.Finalize.class, outputs).getFirst().block());
        assertTrue(only(Output.CommitJudged.class, outputs).getFirst().isGood());
        assertEquals(List.of(), only(Output.SignVote.class, outputs));
    }

    @Test
    void aCatchUpTakesALateVoterToTheNextRound() {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 5, 0));
        var voter = voter(1, Optional.of(key(0)), chain, VotingRule.NONE);
        run(voter, 0, new Input.Started(0));
        for (long time = 2 * T; voter.roundNumber() < 6; time += T) {
            run(voter, 0, new Input.TimerFired(time));
        }
        var catchUp = voter.catchUp(4).orElseThrow();
        assertEquals(5, catchUp.round());
        assertTrue(voter.catchUp(6).isEmpty());
        var late = voter(1, Optional.empty(), chain, VotingRule.NONE);
        late.step(new Input.Started(0));
        var outputs = late.step(new Input.CatchUpReceived(100, catchUp));
        assertTrue(only(Output.CatchUpJudged.class, outputs).getFirst().isGood());
        assertEquals(6, late.roundNumber());
        assertEquals(chain.best(), only(Output.Finalize.class, outputs).getFirst().block());
    }

    @Test
    void theStoredStateReadsBack() throws Exception {
        var chain = TestChain.with(TestChain.grow(TestChain.GENESIS, 5, 0));
        var voter = voter(1, Optional.of(key(0)), chain, VotingRule.NONE);
        List<Output> outputs = new ArrayList<>(run(voter, 0, new Input.Started(0)));
        for (long time = T; time < 20 * T; time += T) {
            outputs.addAll(run(voter, 0, new Input.TimerFired(time)));
        }
        var states = only(Output.Persist.class, outputs).stream().map(Output.Persist::state).toList();
        assertTrue(states.size() > 6);
        for (VoterState state : states) {
            assertEquals(state, VoterState.CODEC.decodeAll(VoterState.CODEC.encode(state)));
        }
    }
}
