package io.vilokanam.consensus.simulation;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/**
 * A byzantine validator that forges: blocks under others' names, and commits, catch-ups and justifications for a branch of its
 * own with the votes of all, which it cannot sign, and with its own vote as often as there are voters.
 */
final class ForgingNode extends SimNode {

    private final Simulation net;

    ForgingNode(int index, int validators, Simulation net, BlockRef genesis, List<PlannedChange> plan) {
        super(index, validators, net, genesis, plan);
        this.net = net;
    }

    @Override
    void author(long slot, BlockRef parent) {
        Header honest = build(slot, parent, 0);
        List<DigestItem> items = new ArrayList<>(honest.digest().items());
        items.set(items.size() - 1, build(slot, parent, 1).digest().items().getLast());
        net.broadcast(this, new Wire.Block(honest.withDigest(new Digest(items))));
        net.broadcast(this, new Wire.Block(build(slot + 1, parent, 2)));
        imported(honest, -1);
    }

    @Override
    void cast(long round, long setId, Vote vote) {
        super.cast(round, setId, vote);
        if (vote.stage() != Stage.PRECOMMIT || vote.target().number() == 0) {
            return;
        }
        Header branch = build(vote.target().number() + round, vote.target(), 3);
        net.broadcast(this, new Wire.Block(branch));
        BlockRef target = BlockRef.of(branch);
        List<SignedTarget> forged = precommits(round, setId, target, true);
        List<SignedTarget> repeated = precommits(round, setId, target, false);
        say(new GossipMessage.CommitMessage(round, setId, new Commit(target, forged)));
        say(new GossipMessage.CommitMessage(round, setId, new Commit(target, repeated)));
        say(new GossipMessage.CatchUpMessage(setId, new CatchUp(round + 5, forged, forged, target)));
        net.broadcast(this, new Wire.JustificationAnswer(
                new GrandpaJustification(round, new Commit(target, round % 2 == 0 ? forged : repeated), List.of())));
    }

    private List<SignedTarget> precommits(long round, long setId, BlockRef target, boolean isOfOthers) {
        Bytes signature = sign(round, setId, new Vote(Stage.PRECOMMIT, target)).signature();
        List<SignedTarget> precommits = new ArrayList<>();
        for (int i = 0; i < net.size(); i++) {
            precommits.add(new SignedTarget(target, signature, FakeKeys.key(isOfOthers ? i : index)));
        }
        return precommits;
    }

    private void say(GossipMessage message) {
        net.broadcast(this, new Wire.Gossip(Bytes.wrap(GossipMessage.CODEC.encode(message))));
    }
}
