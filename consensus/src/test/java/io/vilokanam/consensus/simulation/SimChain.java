package io.vilokanam.consensus.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** A node's blocks, on its disk: longest chain that contains the finalised block, first seen wins. */
final class SimChain implements ChainView {

    private final BlockRef genesis;
    private final Map<Hash, Header> headers = new LinkedHashMap<>();
    private final Map<BlockRef, GrandpaJustification> justifications = new HashMap<>();
    private BlockRef best;
    private BlockRef finalized;

    SimChain(BlockRef genesis) {
        this.genesis = genesis;
        this.best = genesis;
        this.finalized = genesis;
    }

    boolean knows(Hash hash) {
        return hash.equals(genesis.hash()) || headers.containsKey(hash);
    }

    BlockRef add(Header header) {
        BlockRef block = BlockRef.of(header);
        headers.put(block.hash(), header);
        if (block.number() > best.number() && isEqualOrDescendant(finalized.hash(), block.hash())) {
            best = block;
        }
        return block;
    }

    /** The blocks that became final, lowest first. */
    List<BlockRef> finalize(BlockRef block, GrandpaJustification justification) {
        if (!isEqualOrDescendant(finalized.hash(), block.hash())) {
            throw new AssertionError("safety: " + block + " does not descend from the finalised " + finalized);
        }
        List<BlockRef> path = new ArrayList<>();
        for (BlockRef at = block; !at.equals(finalized);) {
            path.addFirst(at);
            at = new BlockRef(headers.get(at.hash()).parentHash(), at.number() - 1);
        }
        justifications.put(block, justification);
        finalized = block;
        if (!isEqualOrDescendant(block.hash(), best.hash())) {
            best = headers.keySet().stream().filter(hash -> isEqualOrDescendant(block.hash(), hash))
                    .map(hash -> block(hash).orElseThrow()).max(Comparator.comparingLong(BlockRef::number))
                    .orElseThrow();
        }
        return path;
    }

    Optional<GrandpaJustification> justification(BlockRef block) {
        return Optional.ofNullable(justifications.get(block));
    }

    BlockRef finalized() {
        return finalized;
    }

    @Override
    public Optional<Header> header(Hash block) {
        return Optional.ofNullable(headers.get(block));
    }

    @Override
    public Optional<BlockRef> block(Hash hash) {
        return hash.equals(genesis.hash()) ? Optional.of(genesis) : ChainView.super.block(hash);
    }

    @Override
    public BlockRef best() {
        return best;
    }
}
