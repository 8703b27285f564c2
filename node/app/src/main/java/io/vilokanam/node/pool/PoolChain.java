package io.vilokanam.node.pool;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** What the pool looks up in the chain. */
public interface PoolChain {

    BlockRef best();

    /** The extrinsics of a block that is known, each without its length; empty where the body is gone. */
    List<Bytes> body(Hash block);

    /** The parent of a block that is known. */
    BlockRef parent(Hash block);
}
