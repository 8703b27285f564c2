package io.vilokanam.node.network.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.network.AnsweredRequests;
import io.vilokanam.node.network.PeerJudge;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/** Answers {@code sync/2} from the stored chain, within the limits of stock nodes ({@code sc_network_sync::block_request_handler}). */
public final class BlockServer implements RequestHandler {

    /** {@code MAX_BLOCKS_IN_RESPONSE}. */
    static final int BLOCKS_MAX = 128;

    /** {@code MAX_BODY_BYTES}: an answer ends behind the block whose body goes beyond this. */
    static final int BODY_BYTES_MAX = 8 << 20;

    /** The same request may be repeated so often by one peer. */
    static final int SAME_REQUESTS_MAX = 2;

    /** So many requests are remembered. */
    static final int REMEMBERED_MAX = 512;

    /** For a request for headers or proofs that was answered before. */
    static final ReputationChange SAME_SMALL_REQUEST = new ReputationChange(-(1 << 10),
            "same small block request multiple times");

    /** For a request for bodies that was answered before. */
    static final ReputationChange SAME_REQUEST = ReputationChange.fatal("Same block request multiple times");

    static final ReputationChange BAD_REQUEST = ReputationChange.malformed("malformed block request");

    private record Seen(PeerId peer, BlockRequest request) {}

    private final Chain chain;
    private final PeerJudge judge;
    private final AnsweredRequests<Seen> answered = new AnsweredRequests<>(REMEMBERED_MAX);

    public BlockServer(Chain chain, PeerJudge judge) {
        this.chain = chain;
        this.judge = judge;
    }

    @Override
    public Optional<Bytes> answer(PeerId peer, Bytes message) {
        BlockRequest request;
        try {
            request = BlockRequest.decode(message);
        } catch (ProtobufException malformed) {
            judge.report(peer, BAD_REQUEST);
            return Optional.empty();
        }
        Seen seen = new Seen(peer, request);
        if (answered.times(seen) > SAME_REQUESTS_MAX) {
            judge.report(peer, request.wants(BlockRequest.BODY) ? SAME_REQUEST : SAME_SMALL_REQUEST);
            if (request.wants(BlockRequest.BODY)) {
                return Optional.empty();
            }
        }
        List<BlockPart> blocks = blocks(request);
        if (!blocks.isEmpty()) {
            answered.note(seen);
        }
        return Optional.of(BlockPart.encodeAll(blocks, request.hasManyJustifications()));
    }

    private List<BlockPart> blocks(BlockRequest request) {
        int max = request.max() == 0 ? BLOCKS_MAX : Math.min(request.max(), BLOCKS_MAX);
        List<BlockPart> blocks = new ArrayList<>();
        Optional<Hash> next = switch (request.from()) {
            case BlockRequest.From.ByHash(var hash) -> Optional.of(hash);
            case BlockRequest.From.ByNumber(var number) -> chain.canonicalHash(number);
        };
        long bodyBytes = 0;
        while (next.isPresent() && blocks.size() < max && bodyBytes < BODY_BYTES_MAX) {
            Hash hash = next.get();
            Optional<Header> header = chain.header(hash);
            List<Bytes> body = List.of();
            if (header.isPresent() && request.wants(BlockRequest.BODY) && header.get().number() > 0) {
                Optional<List<Bytes>> stored = chain.store().body(hash);
                if (stored.isEmpty()) {
                    return blocks;
                }
                body = stored.get();
            }
            if (header.isEmpty()) {
                return blocks;
            }
            bodyBytes += body.stream().mapToLong(Bytes::size).sum();
            blocks.add(new BlockPart(hash, request.wants(BlockRequest.HEADER) ? header : Optional.empty(), body,
                    request.wants(BlockRequest.JUSTIFICATION) ? chain.justifications(hash).orElse(List.of())
                            : List.of()));
            next = following(request.direction(), hash, header.get());
        }
        return blocks;
    }

    private Optional<Hash> following(BlockRequest.Direction direction, Hash hash, Header header) {
        return switch (direction) {
            case DESCENDING -> header.number() == 0 ? Optional.empty() : Optional.of(header.parentHash());
            // From a block beside the best chain nothing leads on.
            case ASCENDING -> chain.canonicalHash(header.number()).filter(hash::equals)
                    .flatMap(_ -> chain.canonicalHash(header.number() + 1));
        };
    }
}
