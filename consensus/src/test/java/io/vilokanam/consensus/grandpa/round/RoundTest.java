package io.vilokanam.consensus.grandpa.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class RoundTest {

    private static final Bytes SIGNATURE = Bytes.wrap(new byte[64]);

    /** A tree of named blocks. */
    private static final class Tree implements Ancestry {
        private final Map<Hash, Hash> parents = new HashMap<>();
        private final Map<String, BlockRef> blocks = new TreeMap<>();

        Tree() {
            blocks.put("base", new BlockRef(hash("base"), 10));
        }

        Tree grow(String parent, String... names) {
            String at = parent;
            for (String name : names) {
                blocks.put(name, new BlockRef(hash(name), block(at).number() + 1));
                parents.put(hash(name), hash(at));
                at = name;
            }
            return this;
        }

        BlockRef block(String name) {
            return blocks.get(name);
        }

        private static Hash hash(String name) {
            byte[] bytes = new byte[Hash.SIZE];
            for (int i = 0; i < name.length(); i++) {
                bytes[i] = (byte) name.charAt(i);
            }
            return Hash.wrap(bytes);
        }

        @Override
        public Optional<List<Hash>> ancestry(Hash base, Hash block) {
            List<Hash> between = new ArrayList<>();
            Hash at = block;
            while (at != null && !at.equals(base)) {
                if (!at.equals(block)) {
                    between.add(at);
                }
                at = parents.get(at);
            }
            return at == null ? Optional.empty() : Optional.of(between);
        }
    }

    private static PublicKey key(int voter) {
        byte[] key = new byte[PublicKey.SIZE];
        key[0] = (byte) voter;
        return PublicKey.wrap(key);
    }

    private static VoterSet voters(long... weights) {
        List<Authority> authorities = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            authorities.add(new Authority(key(i), weights[i]));
        }
        return VoterSet.of(authorities).orElseThrow();
    }

    private final Tree tree = new Tree().grow("base", "A", "B", "C", "D").grow("B", "C2", "D2").grow("base", "X");

    private VoteImport vote(Round round, Phase phase, int voter, String block) {
        return round.importVote(phase, new SignedTarget(tree.block(block), SIGNATURE, key(voter)), tree);
    }

    private Round round(long... weights) {
        return new Round(1, voters(weights), tree.block("base"));
    }

    private Optional<BlockRef> at(String name) {
        return Optional.of(tree.block(name));
    }

    @Test
    void prevotesOnTwoBranchesMeetBelowTheFork() {
        var round = round(1, 1, 1, 1);
        vote(round, Phase.PREVOTE, 0, "D");
        vote(round, Phase.PREVOTE, 1, "D2");
        assertEquals(Optional.empty(), round.state().prevoteGhost());
        vote(round, Phase.PREVOTE, 2, "C");
        assertEquals(at("B"), round.state().prevoteGhost());
        assertEquals(at("B"), round.state().estimate());
        assertFalse(round.state().completable());
        vote(round, Phase.PREVOTE, 3, "C");
        assertEquals(at("C"), round.state().prevoteGhost());
    }

    @Test
    void aBlockIsFinalWithSupermajoritiesOfBothPhases() {
        var round = round(4, 7, 3);
        vote(round, Phase.PREVOTE, 0, "C");
        vote(round, Phase.PREVOTE, 1, "D");
        vote(round, Phase.PREVOTE, 2, "X");
        assertEquals(at("C"), round.state().prevoteGhost());
        vote(round, Phase.PRECOMMIT, 1, "C");
        assertEquals(Optional.empty(), round.state().finalized());
        assertFalse(round.state().completable());
        vote(round, Phase.PRECOMMIT, 0, "C");
        assertEquals(at("C"), round.state().finalized());
        assertEquals(at("C"), round.state().estimate());
        assertTrue(round.state().completable());
    }

    @Test
    void theEstimateFallsToWhatMayStillBeFinalised() {
        var round = round(1, 1, 1, 1);
        for (int voter = 0; voter < 4; voter++) {
            vote(round, Phase.PREVOTE, voter, voter == 3 ? "C2" : "D");
        }
        assertEquals(at("D"), round.state().prevoteGhost());
        vote(round, Phase.PRECOMMIT, 0, "B");
        vote(round, Phase.PRECOMMIT, 1, "B");
        vote(round, Phase.PRECOMMIT, 2, "D");
        // Two say B, one D: with the fourth and one who turns, D may still reach three. Nothing is certain yet.
        assertEquals(at("D"), round.state().estimate());
        assertEquals(at("B"), round.state().finalized());
        vote(round, Phase.PRECOMMIT, 3, "B");
        // Three say B: with one who turns, D has two at most.
        assertEquals(at("B"), round.state().estimate());
        assertEquals(at("B"), round.state().finalized());
        assertTrue(round.state().completable());
    }

    @Test
    void anEquivocatorCountsForEveryBlockOnce() {
        var round = round(1, 1, 1, 1);
        assertInstanceOf(VoteImport.Counted.class, vote(round, Phase.PREVOTE, 0, "D"));
        assertInstanceOf(VoteImport.Duplicate.class, vote(round, Phase.PREVOTE, 0, "D"));
        var equivocated = assertInstanceOf(VoteImport.Equivocated.class, vote(round, Phase.PREVOTE, 0, "X"));
        assertEquals(tree.block("X"), equivocated.equivocation().second().target());
        assertInstanceOf(VoteImport.Redundant.class, vote(round, Phase.PREVOTE, 0, "C"));
        vote(round, Phase.PREVOTE, 1, "D2");
        vote(round, Phase.PREVOTE, 2, "D2");
        assertEquals(at("D2"), round.state().prevoteGhost());
        assertEquals(3, round.weight(Phase.PREVOTE));
        assertEquals(4, round.votes(Phase.PREVOTE).size());
    }

    @Test
    void strangersAndBlocksBesideTheBaseDoNotCount() {
        var round = new Round(1, voters(1, 1), tree.block("B"));
        assertInstanceOf(VoteImport.Stranger.class, vote(round, Phase.PREVOTE, 7, "D"));
        assertInstanceOf(VoteImport.NotDescendant.class, vote(round, Phase.PREVOTE, 0, "X"));
        assertInstanceOf(VoteImport.NotDescendant.class, vote(round, Phase.PREVOTE, 0, "A"));
        assertInstanceOf(VoteImport.Counted.class, vote(round, Phase.PREVOTE, 0, "B"));
        assertEquals(1, round.seen().size());
    }

    @Test
    void aCommitNamesEachVoterOnceWhereThatIsEnough() {
        var round = round(1, 1, 1, 1);
        for (int voter = 0; voter < 4; voter++) {
            vote(round, Phase.PREVOTE, voter, "D");
        }
        for (int voter = 0; voter < 3; voter++) {
            vote(round, Phase.PRECOMMIT, voter, "D");
        }
        vote(round, Phase.PRECOMMIT, 0, "D2");
        var commit = round.finalizingCommit(tree).orElseThrow();
        assertEquals(tree.block("D"), commit.target());
        assertEquals(List.of(key(0), key(1), key(2)), commit.precommits().stream().map(SignedTarget::id).toList());
        assertInstanceOf(CommitCheck.Valid.class, CommitCheck.of(commit, round.voters(), tree));
    }

    @Test
    void aCommitShowsBothVotesOfAnEquivocatorThatIsNeeded() {
        var round = round(1, 1, 1, 1);
        for (int voter = 0; voter < 4; voter++) {
            vote(round, Phase.PREVOTE, voter, "D");
        }
        vote(round, Phase.PRECOMMIT, 0, "B");
        vote(round, Phase.PRECOMMIT, 0, "C");
        vote(round, Phase.PRECOMMIT, 1, "D");
        vote(round, Phase.PRECOMMIT, 2, "D");
        assertEquals(4, round.finalizingCommit(tree).orElseThrow().precommits().size());
    }

    @Test
    void whatOnlyAnEquivocatorBesideTheChainFinalisedWaitsForAnHonestVote() {
        var round = round(1, 1, 1, 1);
        for (int voter = 0; voter < 4; voter++) {
            vote(round, Phase.PREVOTE, voter, "D");
        }
        vote(round, Phase.PRECOMMIT, 0, "X");
        vote(round, Phase.PRECOMMIT, 0, "D2");
        vote(round, Phase.PRECOMMIT, 1, "D");
        vote(round, Phase.PRECOMMIT, 2, "D");
        assertEquals(at("D"), round.state().finalized());
        assertEquals(Optional.empty(), round.finalizingCommit(tree));
        vote(round, Phase.PRECOMMIT, 3, "D");
        assertEquals(3, round.finalizingCommit(tree).orElseThrow().precommits().size());
    }

    /** The outcome of a round does not depend on the order in which votes came, and agrees with counting by hand. */
    @SeededTest(runs = 300)
    void theOrderOfVotesDoesNotMatter(long seed) {
        var random = new Random(seed);
        var any = new Tree();
        List<String> names = new ArrayList<>(List.of("base"));
        for (int i = 0; i < 12; i++) {
            String name = "b" + i;
            any.grow(names.get(random.nextInt(names.size())), name);
            names.add(name);
        }
        int count = 1 + random.nextInt(7);
        long[] weights = random.longs(count, 1, 5).toArray();
        List<Map.Entry<Phase, SignedTarget>> votes = new ArrayList<>();
        // At most a third of the weight equivocates, as the protocol assumes.
        long spare = voters(weights).totalWeight() - voters(weights).threshold();
        for (int voter = 0; voter < count; voter++) {
            boolean isLiar = weights[voter] <= spare && random.nextInt(3) == 0;
            spare -= isLiar ? weights[voter] : 0;
            for (Phase phase : Phase.values()) {
                for (int i = random.nextInt(8) == 0 ? 1 : 0; i < (isLiar ? 2 : 1); i++) {
                    var target = any.block(names.get(random.nextInt(names.size())));
                    votes.add(Map.entry(phase, new SignedTarget(target, SIGNATURE, key(voter))));
                }
            }
        }
        var first = counted(votes, weights, any);
        Collections.shuffle(votes, random);
        var second = counted(votes, weights, any);
        assertEquals(first.state().prevoteGhost(), second.state().prevoteGhost());
        assertEquals(first.state().finalized(), second.state().finalized());
        assertEquals(first.state().estimate(), second.state().estimate());
        assertEquals(first.state().completable(), second.state().completable());
        assertEquals(ghost(votes, Phase.PREVOTE, weights, any), first.state().prevoteGhost());
        assertEquals(ghost(votes, Phase.PRECOMMIT, weights, any), first.precommitGhost());
    }

    private static Round counted(List<Map.Entry<Phase, SignedTarget>> votes, long[] weights, Tree tree) {
        var round = new Round(1, voters(weights), tree.block("base"));
        votes.forEach(vote -> round.importVote(vote.getKey(), vote.getValue(), tree));
        return round;
    }

    /** The highest block with a supermajority, by asking every block. */
    private static Optional<BlockRef> ghost(List<Map.Entry<Phase, SignedTarget>> votes, Phase phase, long[] weights,
            Tree tree) {
        Optional<BlockRef> highest = Optional.empty();
        for (BlockRef block : tree.blocks.values()) {
            long weight = 0;
            for (int voter = 0; voter < weights.length; voter++) {
                PublicKey id = key(voter);
                var targets = votes.stream().filter(vote -> vote.getKey() == phase && vote.getValue().id().equals(id))
                        .map(vote -> vote.getValue().target()).distinct().toList();
                if (targets.size() == 2 || targets.stream().anyMatch(
                        target -> tree.isEqualOrDescendant(block.hash(), target.hash()))) {
                    weight += weights[voter];
                }
            }
            if (voters(weights).isSupermajority(weight)
                    && highest.map(other -> other.number() < block.number()).orElse(true)) {
                highest = Optional.of(block);
            }
        }
        return highest;
    }
}
