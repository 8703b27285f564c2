package io.vilokanam.node.network.sync;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.header.Justification;

/** What {@link FullSync} wants done, in this order. */
public sealed interface SyncOutput {

    /** Send a request and hand in what comes of it under this number. */
    record Ask(long request, PeerId peer, BlockRequest message) implements SyncOutput {}

    /** Import these blocks in order, each behind all that were to be imported before; hand in the verdicts together. */
    record Import(List<IncomingBlock> blocks) implements SyncOutput {}

    /** Try these proofs on a block of the chain; hand in whether it is final. */
    record Prove(BlockRef block, List<Justification> proofs, PeerId source) implements SyncOutput {}

    record Report(PeerId peer, ReputationChange change) implements SyncOutput {}

    /** Report and disconnect. */
    record Drop(PeerId peer, ReputationChange change) implements SyncOutput {}
}
