package io.vilokanam.consensus.simulation;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;

/** A byzantine validator that withholds: it precommits nothing, and tells a part of the others of what it builds. */
final class SilentNode extends SimNode {

    private final Simulation net;

    SilentNode(int index, int validators, Simulation net, BlockRef genesis, List<PlannedChange> plan) {
        super(index, validators, net, genesis, plan);
        this.net = net;
    }

    @Override
    void author(long slot, BlockRef parent) {
        if (slot % 3 != 0) {
            net.send(this, (int) (slot % net.size()), new Wire.Block(build(slot, parent, 0)));
        }
    }

    @Override
    void cast(long round, long setId, Vote vote) {
        if (vote.stage() == Stage.PREVOTE && round % 2 == 0) {
            super.cast(round, setId, vote);
        }
    }
}
