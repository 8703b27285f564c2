package io.vilokanam.frame.executive;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;

/** What pallets may know and say of the block that is being executed; the System pallet keeps it. */
public interface CurrentBlock {

    long blockNumber(Externalities ext);

    /** The hash of an earlier block that the chain remembers, genesis for one; zero for others. */
    Hash blockHash(Externalities ext, long number);

    /** The index of the extrinsic that is being applied; empty outside of extrinsics. */
    Optional<Long> extrinsicIndex(Externalities ext);

    /** The digest so far: the pre-runtime items, then what was deposited. */
    Digest digest(Externalities ext);

    void depositLog(Externalities ext, DigestItem item);
}
