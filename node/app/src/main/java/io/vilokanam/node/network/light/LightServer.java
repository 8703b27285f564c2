package io.vilokanam.node.network.light;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.ReadKeys;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.network.PeerJudge;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.trie.ReadProof;

/**
 * Answers {@code light/2} ({@code sc_network_light}): proves to light clients what keys hold and what calls read, as a SCALE
 * list of trie nodes. What cannot be proven is answered without a proof.
 */
public final class LightServer implements RequestHandler {

    /** The longest request that is read. */
    public static final int REQUEST_BYTES_MAX = 1 << 20;

    /** The longest proof that is sent: less than the longest response. */
    static final int PROOF_BYTES_MAX = (16 << 20) - 64;

    /** So many keys may be asked for at a time. */
    static final int KEYS_MAX = 4_096;

    static final ReputationChange BAD_REQUEST = ReputationChange.malformed("malformed light request");

    private static final int CALL = 1;
    private static final int READ = 2;
    private static final int READ_CHILD = 4;
    private static final int PROOF = 2;

    private static final Codec<List<Bytes>> NODES = Codecs.vec(Codecs.BYTES);

    private record Request(Hash block, String method, Bytes content, List<Bytes> keys) {}

    private final Chain chain;
    private final RuntimeExecutor executor;
    private final PeerJudge judge;

    public LightServer(Chain chain, RuntimeExecutor executor, PeerJudge judge) {
        this.chain = chain;
        this.executor = executor;
        this.judge = judge;
    }

    @Override
    public Optional<Bytes> answer(PeerId peer, Bytes message) {
        try {
            ProtobufReader in = new ProtobufReader(message.view());
            while (in.next()) {
                switch (in.field()) {
                    case CALL -> {
                        return Optional.of(response(CALL, call(request(in.message()))));
                    }
                    case READ -> {
                        Request request = request(in.message());
                        return request.keys.isEmpty() ? Optional.empty() : Optional.of(response(READ, read(request)));
                    }
                    case READ_CHILD -> {
                        Request request = request(in.message());
                        return request.keys.isEmpty() ? Optional.empty()
                                : Optional.of(response(READ, readChild(request)));
                    }
                    default -> {
                        // Later kinds of requests are skipped.
                    }
                }
            }
            return Optional.empty();
        } catch (ProtobufException malformed) {
            judge.report(peer, BAD_REQUEST);
            return Optional.empty();
        }
    }

    /** All three requests have their block in field 2; field 3 is a method, keys or a child's name. */
    private static Request request(ProtobufReader in) throws ProtobufException {
        Bytes block = Bytes.EMPTY;
        List<Bytes> third = new ArrayList<>();
        Bytes content = Bytes.EMPTY;
        List<Bytes> sixth = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> block = in.bytes();
                case 3 -> third.add(in.bytes());
                case 4 -> content = in.bytes();
                case 6 -> sixth.add(in.bytes());
                default -> {
                    // Skipped.
                }
            }
        }
        if (block.size() != Hash.SIZE || third.isEmpty() || third.size() + sixth.size() > KEYS_MAX) {
            throw new ProtobufException("light request: expected a block hash and 1 to " + KEYS_MAX + " keys");
        }
        String method = new String(third.getFirst().view(), StandardCharsets.ISO_8859_1);
        return new Request(new Hash(block), method, content, sixth.isEmpty() ? third : sixth);
    }

    private Optional<ReadProof> call(Request request) {
        Optional<StateLease> lease = chain.states().lease(request.block);
        ReadKeys reads = new ReadKeys();
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try (StateLease held = lease.get()) {
            executor.call(held.state(), request.method, request.content.view(), reads);
            return reads.proof(held.state());
        } catch (RuntimeTrap | RuntimeUnavailableException unprovable) {
            return Optional.empty();
        }
    }

    private Optional<ReadProof> read(Request request) {
        ReadKeys reads = new ReadKeys();
        request.keys.forEach(reads::add);
        return proof(request.block, reads);
    }

    private Optional<ReadProof> proof(Hash block, ReadKeys reads) {
        return chain.states().lease(block).flatMap(lease -> {
            try (lease) {
                return reads.proof(lease.state());
            }
        });
    }

    /** Stock nodes name a child trie with its prefix, light clients without. */
    private Optional<ReadProof> readChild(Request request) {
        Bytes prefix = ChainState.CHILD_PREFIX;
        Bytes name = Bytes.wrap(request.method.getBytes(StandardCharsets.ISO_8859_1));
        boolean hasPrefix = name.size() >= prefix.size()
                && Arrays.equals(name.view(), 0, prefix.size(), prefix.view(), 0,
                        prefix.size());
        Bytes bare = hasPrefix ? Bytes.wrap(Arrays.copyOfRange(name.view(), prefix.size(), name.size())) : name;
        ReadKeys reads = new ReadKeys();
        request.keys.forEach(key -> reads.add(bare, key));
        return proof(request.block, reads);
    }

    private static Bytes response(int kind, Optional<ReadProof> proof) {
        ProtobufWriter inner = new ProtobufWriter();
        proof.map(shown -> NODES.encode(shown.nodes().stream().map(Bytes::wrap).toList()))
                .filter(encoded -> encoded.length <= PROOF_BYTES_MAX)
                .ifPresent(encoded -> inner.element(PROOF, encoded));
        return new ProtobufWriter().message(kind, inner).toBytes();
    }
}
