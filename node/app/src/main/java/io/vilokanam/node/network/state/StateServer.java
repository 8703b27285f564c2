package io.vilokanam.node.network.state;

import java.util.List;
import java.util.Optional;

import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.network.AnsweredRequests;
import io.vilokanam.node.network.PeerJudge;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** Answers {@code state/2} from the states that are kept ({@code sc_network_sync::state_request_handler}). */
public final class StateServer implements RequestHandler {

    /** {@code MAX_RESPONSE_BYTES}: an answer ends with the entry that goes beyond. */
    static final long RESPONSE_BYTES = 2 << 20;

    /** The same request may be repeated so often by one peer. */
    static final int SAME_REQUESTS_MAX = 2;

    /** So many requests are remembered. */
    private static final int REMEMBERED_MAX = 256;

    static final ReputationChange SAME_REQUEST = ReputationChange.fatal("Same state request multiple times");

    static final ReputationChange BAD_REQUEST = ReputationChange.malformed("malformed state request");

    private record Seen(PeerId peer, Hash block, List<Bytes> start) {}

    private final Chain chain;
    private final PeerJudge judge;
    private final long responseBytes;
    private final AnsweredRequests<Seen> answered = new AnsweredRequests<>(REMEMBERED_MAX);

    public StateServer(Chain chain, PeerJudge judge) {
        this(chain, judge, RESPONSE_BYTES);
    }

    StateServer(Chain chain, PeerJudge judge, long responseBytes) {
        this.chain = chain;
        this.judge = judge;
        this.responseBytes = responseBytes;
    }

    @Override
    public Optional<Bytes> answer(PeerId peer, Bytes message) {
        StateRequest request;
        try {
            request = StateRequest.decode(message);
        } catch (ProtobufException malformed) {
            judge.report(peer, BAD_REQUEST);
            return Optional.empty();
        }
        Seen seen = new Seen(peer, request.block(), request.start());
        if (answered.times(seen) >= SAME_REQUESTS_MAX) {
            judge.report(peer, SAME_REQUEST);
            return Optional.empty();
        }
        Optional<Bytes> response = chain.states().lease(request.block()).flatMap(lease -> page(lease, request));
        if (response.isPresent()) {
            answered.note(seen);
        }
        return response;
    }

    private Optional<Bytes> page(StateLease lease, StateRequest request) {
        try (lease) {
            return request.isPlain()
                    ? StateRange.read(lease.state(), request.start(), responseBytes).map(StateResponse::plain)
                    : StateRange.prove(lease.state(), request.start(), responseBytes).map(StateResponse::proven);
        }
    }
}
