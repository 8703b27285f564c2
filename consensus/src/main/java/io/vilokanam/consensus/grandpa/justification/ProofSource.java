package io.vilokanam.consensus.grandpa.justification;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/** The stored chain, as the makers of proofs need it. */
public interface ProofSource {

    /** The block of this height on the best chain. */
    Optional<Hash> hash(long number);

    Optional<Header> header(Hash block);

    /** The GRANDPA justification that is stored with a block, encoded. */
    Optional<Bytes> justification(Hash block);

    /** The newest justification that was seen, also for a block that keeps none. */
    Optional<GrandpaJustification> newestJustification();

    BlockRef finalized();
}
