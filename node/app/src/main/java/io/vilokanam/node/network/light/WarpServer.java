package io.vilokanam.node.network.light;

import java.util.Optional;
import java.util.function.Supplier;

import io.vilokanam.consensus.grandpa.authorities.SetHistory;
import io.vilokanam.consensus.grandpa.justification.FinalityProver;
import io.vilokanam.consensus.grandpa.justification.ProofSource;
import io.vilokanam.consensus.grandpa.justification.WarpSync;
import io.vilokanam.node.network.PeerJudge;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** Answers {@code sync/warp} ({@code sc_network_sync::warp_request_handler}): the request is a block hash and nothing else. */
public final class WarpServer implements RequestHandler {

    /** The longest request that is read. */
    public static final int REQUEST_BYTES_MAX = Hash.SIZE;

    static final ReputationChange BAD_REQUEST = ReputationChange.malformed("malformed warp request");

    private final FinalityProver prover;
    private final Supplier<SetHistory> history;
    private final PeerJudge judge;

    public WarpServer(ProofSource source, Supplier<SetHistory> history, PeerJudge judge) {
        this.prover = new FinalityProver(source);
        this.history = history;
        this.judge = judge;
    }

    @Override
    public Optional<Bytes> answer(PeerId peer, Bytes request) {
        if (request.size() != Hash.SIZE) {
            judge.report(peer, BAD_REQUEST);
            return Optional.empty();
        }
        return prover.warp(new Hash(request), history.get()).map(proof -> Bytes.wrap(WarpSync.CODEC.encode(proof)));
    }
}
