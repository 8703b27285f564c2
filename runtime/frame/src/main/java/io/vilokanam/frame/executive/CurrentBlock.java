package io.vilokanam.frame.executive;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;

/** What pallets may know and say of the block that is being executed; the System pallet keeps it. */
public interface CurrentBlock {

    long blockNumber(Externalities ext);

    /** The digest so far: the pre-runtime items, then what was deposited. */
    Digest digest(Externalities ext);

    void depositLog(Externalities ext, DigestItem item);
}
