package io.vilokanam.node.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.authoring.Proposal;
import io.vilokanam.node.authoring.SlotListener;
import io.vilokanam.primitives.Hash;

/** Tells several of what authoring does. */
final class SlotListeners implements SlotListener {

    private final List<SlotListener> all = new CopyOnWriteArrayList<>();

    SlotListeners(SlotListener first) {
        all.add(first);
    }

    void add(SlotListener listener) {
        all.add(listener);
    }

    @Override
    public void started(BlockRef parent) {
        all.forEach(listener -> listener.started(parent));
    }

    @Override
    public void proposed(Proposal proposal, Hash unsealed) {
        all.forEach(listener -> listener.proposed(proposal, unsealed));
    }

    @Override
    public void sealed(BlockRef block, Hash unsealed) {
        all.forEach(listener -> listener.sealed(block, unsealed));
    }

    @Override
    public void failed(long slot, String why) {
        all.forEach(listener -> listener.failed(slot, why));
    }
}
