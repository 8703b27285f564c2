package io.vilokanam.node.network.sync;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.header.Header;

/** What happens to {@link FullSync}. Times are milliseconds of a clock that never goes back. */
public sealed interface SyncInput {

    long nowMillis();

    /** A peer that serves blocks is there, with this best block. */
    record PeerConnected(long nowMillis, PeerId peer, BlockRef best) implements SyncInput {}

    record PeerDisconnected(long nowMillis, PeerId peer) implements SyncInput {}

    /** A peer has the block of this header. */
    record Announced(long nowMillis, PeerId peer, Header header, boolean isBest) implements SyncInput {}

    /** The answer to {@link SyncOutput.Ask}. */
    record Answered(long nowMillis, long request, List<BlockPart> blocks) implements SyncInput {}

    /** There is no answer to {@link SyncOutput.Ask}. */
    record Unanswered(long nowMillis, long request, RequestOutcome.Failure failure) implements SyncInput {}

    /** What came of the import of a block. */
    record Judgement(BlockRef block, ImportVerdict verdict) {}

    /** The blocks of a {@link SyncOutput.Import} were looked at. */
    record Judged(long nowMillis, List<Judgement> judgements) implements SyncInput {}

    /** Proofs of {@link SyncOutput.Prove} were looked at. */
    record Proved(long nowMillis, BlockRef block, PeerId source, boolean isFinal) implements SyncInput {}

    /** Somebody here needs this block, of which a peer spoke. */
    record BlockWanted(long nowMillis, BlockRef block) implements SyncInput {}

    /** These, and no others, are the blocks of the chain whose proofs of finality are needed. */
    record ProofsWanted(long nowMillis, List<BlockRef> blocks) implements SyncInput {}

    /** Time went on; once a second or so. */
    record Tick(long nowMillis) implements SyncInput {}
}
