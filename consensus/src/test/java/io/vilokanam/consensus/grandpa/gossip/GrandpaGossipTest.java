package io.vilokanam.consensus.grandpa.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.TestKeys;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

/** Scripts: something happens, and exactly these outputs follow. */
class GrandpaGossipTest {

    private static final long SET = 3;
    private static final BlockRef TARGET = new BlockRef(Hash.fromHex("aa".repeat(32)), 7);
    private static final String BOB = "bob";
    private static final String CAROL = "carol";
    private static final String LIGHT = "light";

    private final CatchUp lastRound = new CatchUp(4, List.of(vote(0, Stage.PREVOTE, 4).signedTarget()),
            List.of(vote(0, Stage.PRECOMMIT, 4).signedTarget()), TARGET);
    private final GrandpaGossip<String> gossip = new GrandpaGossip<>(GossipTimes.STOCK, TestKeys.ED25519,
            round -> round <= 4 ? Optional.of(lastRound) : Optional.empty());

    private static VoterSet voters() {
        List<Authority> authorities = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            authorities.add(new Authority(TestKeys.key(TestKeys.ed25519(i)), 1));
        }
        return VoterSet.of(authorities).orElseThrow();
    }

    private static SignedVote vote(int voter, Stage stage, long round) {
        var vote = new Vote(stage, TARGET);
        var pair = TestKeys.ed25519(voter);
        return new SignedVote(vote, TestKeys.sign(pair, vote.payload(round, SET)), TestKeys.key(pair));
    }

    private static GossipMessage prevote(int voter, long round) {
        return new GossipMessage.VoteMessage(round, SET, vote(voter, Stage.PREVOTE, round));
    }

    private static GossipMessage commit(long round, int... signers) {
        List<SignedTarget> precommits = new ArrayList<>();
        for (int signer : signers) {
            precommits.add(vote(signer, Stage.PRECOMMIT, round).signedTarget());
        }
        return new GossipMessage.CommitMessage(round, SET, new Commit(TARGET, precommits));
    }

    private static Bytes bytes(GossipMessage message) {
        return Bytes.wrap(GossipMessage.CODEC.encode(message));
    }

    private static GossipOutput<String> send(String peer, GossipMessage message) {
        return new GossipOutput.Send<>(peer, bytes(message));
    }

    private static GossipOutput<String> report(String peer, Reputation reputation) {
        return new GossipOutput.Report<>(peer, reputation);
    }

    private static GossipOutput<String> deliver(GossipMessage message) {
        return new GossipOutput.Deliver<>(message);
    }

    private List<GossipOutput<String>> receive(String peer, GossipMessage message) {
        return gossip.step(new GossipInput.Received<>(1_000, peer, bytes(message)));
    }

    @BeforeEach
    void twoPeersOfTheSetAreConnected() {
        gossip.step(new GossipInput.SetStarted<>(0, SET, voters()));
        gossip.step(new GossipInput.RoundStarted<>(0, 5));
        gossip.step(new GossipInput.PeerConnected<>(0, BOB, PeerRole.AUTHORITY));
        gossip.step(new GossipInput.PeerConnected<>(0, CAROL, PeerRole.FULL));
        receive(BOB, new GossipMessage.Neighbor(5, SET, 0));
        receive(CAROL, new GossipMessage.Neighbor(5, SET, 0));
    }

    @Test
    void aNewPeerIsToldWhereWeAre() {
        assertEquals(List.of(send(LIGHT, new GossipMessage.Neighbor(5, SET, 0))),
                gossip.step(new GossipInput.PeerConnected<>(0, LIGHT, PeerRole.LIGHT)));
    }

    @Test
    void aRoundIsToldToAllOnce() {
        var packet = new GossipMessage.Neighbor(6, SET, 0);
        assertEquals(List.of(send(BOB, packet), send(CAROL, packet), new GossipOutput.SetTimer<>(120_010)),
                gossip.step(new GossipInput.RoundStarted<>(10, 6)));
        assertEquals(List.of(), gossip.step(new GossipInput.RoundStarted<>(11, 6)));
    }

    @Test
    void aGoodVoteIsDeliveredAndRelayedButNotBack() {
        var message = prevote(1, 5);
        assertEquals(List.of(report(BOB, Reputation.ROUND_MESSAGE), send(CAROL, message), deliver(message)),
                receive(BOB, message));
        assertEquals(List.of(report(BOB, Reputation.DUPLICATE_MESSAGE)), receive(BOB, message));
        assertEquals(List.of(), receive(CAROL, message), "what crosses ours is no repetition");
    }

    @Test
    void aVoterThatBeginsAnewInTheSameSetHearsAgainWhatIsKept() {
        var message = prevote(1, 5);
        receive(BOB, message);
        assertEquals(List.of(deliver(message)), gossip.step(new GossipInput.SetStarted<>(2_000, SET, voters())));
        assertEquals(List.of(report(BOB, Reputation.DUPLICATE_MESSAGE)), receive(BOB, message),
                "others do not say it again");
    }

    @Test
    void votesOutsideTheWindowAreNotRead() {
        assertEquals(List.of(report(BOB, Reputation.PAST_MESSAGE)), receive(BOB, prevote(1, 3)));
        assertEquals(List.of(report(BOB, Reputation.FUTURE_MESSAGE)), receive(BOB, prevote(1, 7)));
        var other = new GossipMessage.VoteMessage(5, SET + 1, vote(1, Stage.PREVOTE, 5));
        assertEquals(List.of(report(BOB, Reputation.FUTURE_MESSAGE)), receive(BOB, other));
    }

    @Test
    void strangersAndForgersAreBlamedOnTheirSender() {
        assertEquals(List.of(report(BOB, Reputation.UNKNOWN_VOTER)), receive(BOB, prevote(5, 5)));
        var forged = new GossipMessage.VoteMessage(5, SET, vote(1, Stage.PREVOTE, 6));
        assertEquals(List.of(report(BOB, Reputation.BAD_SIGNATURE)), receive(BOB, forged));
        assertEquals(List.of(report(BOB, Reputation.undecodable(3))),
                gossip.step(new GossipInput.Received<>(0, BOB, Bytes.fromHex("0x070809"))));
    }

    @Test
    void ourVoteGoesToPeersWhoseWindowHasItAndToOthersOnceTheyCome() {
        gossip.step(new GossipInput.PeerConnected<>(0, "dave", PeerRole.FULL));
        var message = prevote(0, 5);
        assertEquals(List.of(send(BOB, message), send(CAROL, message)), gossip.step(new GossipInput.Say<>(0, message)));
        assertEquals(List.of(report("dave", Reputation.NEIGHBOR), send("dave", message)),
                receive("dave", new GossipMessage.Neighbor(4, SET, 0)));
    }

    @Test
    void lightPeersGetCommitsOnly() {
        gossip.step(new GossipInput.PeerConnected<>(0, LIGHT, PeerRole.LIGHT));
        receive(LIGHT, new GossipMessage.Neighbor(1, SET, 0));
        var vote = prevote(0, 5);
        assertEquals(List.of(send(BOB, vote), send(CAROL, vote)), gossip.step(new GossipInput.Say<>(0, vote)));
        var commit = commit(5, 0, 1);
        var sent = gossip.step(new GossipInput.Say<>(0, commit));
        assertEquals(List.of(send(BOB, commit), send(CAROL, commit), send(LIGHT, commit)),
                sent.subList(sent.size() - 3, sent.size()));
    }

    @Test
    void aCommitIsRelayedOnceOurVoterFoundItGood() {
        var message = (GossipMessage.CommitMessage) commit(4, 0, 1);
        assertEquals(List.of(report(BOB, Reputation.COMMIT), deliver(message)), receive(BOB, message));
        var judged = gossip.step(new GossipInput.CommitJudged<>(5, 4, message.commit(), true));
        var packet = new GossipMessage.Neighbor(5, SET, 7);
        assertEquals(List.of(send(BOB, packet), send(CAROL, packet), new GossipOutput.SetTimer<>(405)),
                judged.subList(0, 3));
        assertTrue(gossip.step(new GossipInput.TimerFired<>(405)).contains(send(CAROL, message)));
        assertEquals(List.of(report(BOB, Reputation.PAST_MESSAGE)), receive(BOB, message));
    }

    @Test
    void aCommitWithoutWeightOrWithABadSignatureCostsItsSender() {
        assertEquals(List.of(report(BOB, Reputation.MALFORMED_COMMIT)), receive(BOB, commit(4, 0)));
        var forged = new GossipMessage.CommitMessage(3, SET, ((GossipMessage.CommitMessage) commit(4, 0, 1)).commit());
        assertEquals(List.of(report(BOB, Reputation.badCommit(0))), receive(BOB, forged));
        var good = (GossipMessage.CommitMessage) commit(4, 0, 1);
        receive(BOB, good);
        assertEquals(List.of(report(BOB, Reputation.INVALID_COMMIT)),
                gossip.step(new GossipInput.CommitJudged<>(5, 4, good.commit(), false)));
    }

    @Test
    void aPeerFarAheadIsAskedAndItsAnswerDelivered() {
        var request = new GossipMessage.CatchUpRequest(8, SET);
        assertEquals(List.of(report(BOB, Reputation.NEIGHBOR), send(BOB, request)),
                receive(BOB, new GossipMessage.Neighbor(9, SET, 0)));
        assertEquals(List.of(report(CAROL, Reputation.NEIGHBOR)),
                receive(CAROL, new GossipMessage.Neighbor(9, SET, 0)));
        var votes = List.of(vote(0, Stage.PREVOTE, 8).signedTarget(), vote(1, Stage.PREVOTE, 8).signedTarget());
        var commits = List.of(vote(0, Stage.PRECOMMIT, 8).signedTarget(), vote(1, Stage.PRECOMMIT, 8).signedTarget());
        var answer = new GossipMessage.CatchUpMessage(SET, new CatchUp(8, votes, commits, TARGET));
        assertEquals(List.of(report(CAROL, Reputation.OUT_OF_SCOPE)), receive(CAROL, answer));
        assertEquals(List.of(deliver(answer)), receive(BOB, answer));
        assertEquals(List.of(report(BOB, Reputation.CATCH_UP)),
                gossip.step(new GossipInput.CatchUpJudged<>(9, answer.catchUp(), true)));
    }

    @Test
    void weAnswerPeersThatAreBehind() {
        receive(CAROL, new GossipMessage.Neighbor(5, SET, 0));
        gossip.step(new GossipInput.PeerConnected<>(0, "late", PeerRole.AUTHORITY));
        receive("late", new GossipMessage.Neighbor(1, SET, 0));
        assertEquals(
                List.of(report("late", Reputation.CATCH_UP_REPLY),
                        send("late", new GossipMessage.CatchUpMessage(SET, lastRound))),
                receive("late", new GossipMessage.CatchUpRequest(4, SET)));
        assertEquals(List.of(report("late", Reputation.OUT_OF_SCOPE)),
                receive("late", new GossipMessage.CatchUpRequest(9, SET)));
        assertEquals(List.of(report(CAROL, Reputation.OUT_OF_SCOPE)),
                receive(CAROL, new GossipMessage.CatchUpRequest(4, SET)));
    }

    @Test
    void viewsNeverGoBackAndAreNotRepeatedTooSoon() {
        assertEquals(List.of(report(BOB, Reputation.INVALID_VIEW_CHANGE)),
                receive(BOB, new GossipMessage.Neighbor(4, SET, 0)));
        assertEquals(List.of(report(BOB, Reputation.DUPLICATE_NEIGHBOR)),
                receive(BOB, new GossipMessage.Neighbor(5, SET, 0)));
        assertEquals(List.of(report(BOB, Reputation.NEIGHBOR)), gossip.step(
                new GossipInput.Received<>(70_000, BOB, bytes(new GossipMessage.Neighbor(5, SET, 0)))));
    }

    @Test
    void aVoterWhoTalksTooMuchIsNotRelayed() {
        int delivered = 0;
        for (int i = 0; i < 20; i++) {
            byte[] hash = new byte[Hash.SIZE];
            hash[0] = (byte) i;
            var vote = new Vote(Stage.PREVOTE, new BlockRef(Hash.wrap(hash), 7));
            var pair = TestKeys.ed25519(1);
            var signed = new SignedVote(vote, TestKeys.sign(pair, vote.payload(5, SET)), TestKeys.key(pair));
            delivered += (int) receive(BOB, new GossipMessage.VoteMessage(5, SET, signed)).stream()
                    .filter(GossipOutput.Deliver.class::isInstance).count();
        }
        assertEquals(6, delivered);
    }

    @Test
    void whatWeKeepIsSentAgainFromTimeToTime() {
        var message = prevote(0, 5);
        gossip.step(new GossipInput.Say<>(0, message));
        var again = gossip.step(new GossipInput.TimerFired<>(GossipTimes.STOCK.rebroadcast()));
        assertTrue(again.containsAll(List.of(send(BOB, message), send(CAROL, message))));
    }

    @SeededTest(runs = 100)
    void noBytesOfAPeerBreakAnything(long seed) {
        twoPeersOfTheSetAreConnected();
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = bytes(switch (random.nextInt(4)) {
                case 0 -> new GossipMessage.Neighbor(random.nextLong(), random.nextLong(5), random.nextInt(1 << 20));
                case 1 -> new GossipMessage.CatchUpRequest(random.nextLong(9), random.nextLong(5));
                case 2 -> commit(random.nextLong(9), 0, 1, 1);
                default -> prevote(random.nextInt(3), random.nextLong(9));
            }).toArray();
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var outputs = gossip.step(new GossipInput.Received<>(2_000 + i, BOB, Bytes.wrap(bytes)));
            assertTrue(outputs.size() < 20);
        }
    }
}
