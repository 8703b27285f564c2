package io.vilokanam.consensus.grandpa.voter;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.MemoryChain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;

/** Chains of empty headers. */
final class TestChain {

    static final BlockRef GENESIS = new BlockRef(Hash.ZERO, 0);

    private TestChain() {}

    /** A block on {@code parent}; {@code fork} tells siblings apart. */
    static Header child(BlockRef parent, int fork) {
        byte[] root = new byte[Hash.SIZE];
        root[0] = (byte) fork;
        return new Header(parent.hash(), parent.number() + 1, Hash.wrap(root), Hash.ZERO, Digest.EMPTY);
    }

    /** {@code count} blocks on {@code parent}, lowest first. */
    static List<Header> grow(BlockRef parent, int count, int fork) {
        List<Header> headers = new ArrayList<>();
        BlockRef at = parent;
        for (int i = 0; i < count; i++) {
            headers.add(child(at, fork));
            at = BlockRef.of(headers.getLast());
        }
        return headers;
    }

    /** A chain above genesis with these blocks. */
    static MemoryChain with(List<Header> headers) {
        var chain = new MemoryChain(GENESIS);
        headers.forEach(chain::add);
        return chain;
    }
}
