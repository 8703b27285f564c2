package io.vilokanam.consensus.simulation;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.scale.Bytes;

/**
 * A byzantine validator: authors two blocks a slot and votes for two blocks a stage, telling each half of the others
 * one.
 */
final class TwoFacedNode extends SimNode {

    private final Simulation net;

    TwoFacedNode(int index, int validators, Simulation net, BlockRef genesis, List<PlannedChange> plan) {
        super(index, validators, net, genesis, plan);
        this.net = net;
    }

    @Override
    void author(long slot, BlockRef parent) {
        for (int face = 0; face < 2; face++) {
            Wire.Block block = new Wire.Block(build(slot, parent, face));
            for (int peer = face; peer < net.size(); peer += 2) {
                net.send(this, peer, block);
            }
        }
        imported(build(slot, parent, 0), -1);
    }

    @Override
    void cast(long round, long setId, Vote vote) {
        BlockRef lie = vote.target().number() == 0 ? vote.target()
                : chain.ancestorAt(vote.target(), Math.max(vote.target().number() - 1, chain.finalized().number()))
                        .orElse(vote.target());
        if (vote.stage() != Stage.PRIMARY_PROPOSE) {
            for (int peer = 0; peer < net.size(); peer++) {
                Vote told = peer % 2 == 0 ? vote : new Vote(vote.stage(), lie);
                net.send(this, peer, new Wire.Gossip(Bytes.wrap(GossipMessage.CODEC
                        .encode(new GossipMessage.VoteMessage(round, setId, sign(round, setId, told))))));
            }
        }
    }
}
