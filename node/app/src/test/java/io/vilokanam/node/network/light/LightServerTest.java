package io.vilokanam.node.network.light;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.grandpa.justification.WarpSync;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.finality.StoredProofs;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.trie.ReadProof;

/** What light clients get, checked as they check it: against the state root alone. */
final class LightServerTest {

    private static final PeerId PEER = PeerId.ofEd25519(new byte[32]);

    private ChainCore core;
    private LightServer server;
    private Hash best;
    private ChainState state;

    private final List<ReputationChange> blamed = new ArrayList<>();

    @BeforeEach
    void follow() throws Exception {
        core = RecordedChains.open("local.raw.json");
        for (SignedBlock block : RecordedChains.blocks("network.blocks")) {
            core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
        }
        server = new LightServer(core.chain(), core.executor(), (_, change) -> blamed.add(change));
        best = core.chain().best().hash();
        state = core.chain().states().lease(best).orElseThrow().state();
    }

    @AfterEach
    void close() {
        core.close();
    }

    private static List<Bytes> nodes(Bytes response, int kind) throws Exception {
        ProtobufReader outer = new ProtobufReader(response.view());
        assertTrue(outer.next());
        assertEquals(kind, outer.field());
        ProtobufReader inner = outer.message();
        assertTrue(inner.next());
        return Codecs.vec(Codecs.BYTES).decodeAll(inner.bytes().view());
    }

    private static Bytes call(Hash block, String method, Bytes content) {
        return new ProtobufWriter()
                .message(1, new ProtobufWriter().element(2, block.bytes()).text(3, method).element(4, content))
                .toBytes();
    }

    @Test
    void provesWhatKeysHoldAndThatOthersHoldNothing() throws Exception {
        byte[] absent = {1, 2, 3};
        Bytes request = new ProtobufWriter().message(2, new ProtobufWriter().element(2, best.bytes())
                .element(3, WellKnownKeys.CODE).element(3, absent)).toBytes();
        List<Bytes> nodes = nodes(server.answer(PEER, request).orElseThrow(), 2);
        ReadProof proof = ReadProof.of(nodes.stream().map(Bytes::toArray).toList());
        assertArrayEquals(state.top().get(WellKnownKeys.CODE.view()).orElseThrow(),
                proof.read(state.root(), WellKnownKeys.CODE.view()).orElseThrow());
        assertEquals(Optional.empty(), proof.read(state.root(), absent));
    }

    @Test
    void provesWhatACallReadsWithoutTheCodeThatRan() throws Exception {
        List<Bytes> nodes = nodes(server.answer(PEER, call(best, "AuraApi_authorities", Bytes.EMPTY)).orElseThrow(), 1);
        Bytes code = Bytes.wrap(state.top().get(WellKnownKeys.CODE.view()).orElseThrow());
        assertTrue(nodes.stream().noneMatch(code::equals));
        ReadProof proof = ReadProof.of(nodes.stream().map(Bytes::toArray).toList());
        Bytes key = Bytes.fromHex("57f8dc2f5ab09467896f47300f0424385e0621c4869aa60c02be9adcc98a0d1d");
        assertArrayEquals(state.top().get(key.view()).orElseThrow(),
                proof.read(state.root(), key.view()).orElseThrow());
    }

    @Test
    void answersWithoutAProofWhereThereIsNone() {
        Hash unknown = Hash.fromHex("aa".repeat(32));
        assertEquals(Optional.of(Bytes.fromHex("0a00")),
                server.answer(PEER, call(unknown, "AuraApi_slot_duration", Bytes.EMPTY)));
        assertEquals(Optional.of(Bytes.fromHex("0a00")),
                server.answer(PEER, call(best, "No_such_method", Bytes.EMPTY)));
        Bytes read = Bytes.fromHex("12351220" + "aa".repeat(32) + "1a053a636f64651a0a3a686561707061676573");
        assertEquals(Optional.of(Bytes.fromHex("1200")), server.answer(PEER, read));
        assertEquals(List.of(), blamed);
        assertEquals(Optional.empty(), server.answer(PEER, Bytes.fromHex("ff")));
        assertEquals(List.of(LightServer.BAD_REQUEST), blamed);
        assertEquals(Optional.empty(), server.answer(PEER, Bytes.EMPTY));
    }

    @Test
    void warpProofsLeadFromTheAskedBlockOverTheChangesOfAuthorities() throws Exception {
        WarpServer warp = new WarpServer(new StoredProofs(core.chain()), () -> core.grandpa().set().history(),
                (_, change) -> blamed.add(change));
        Hash begin = core.chain().canonicalHash(16).orElseThrow();
        WarpSync proof = WarpSync.CODEC.decodeAll(warp.answer(PEER, begin.bytes()).orElseThrow().view());
        assertEquals(27, proof.fragments().getFirst().header().number());
        assertTrue(proof.isFinished());
        assertEquals(Optional.empty(), warp.answer(PEER, Bytes.fromHex("aa".repeat(32))));
        assertEquals(List.of(), blamed);
        assertEquals(Optional.empty(), warp.answer(PEER, Bytes.EMPTY));
        assertEquals(List.of(WarpServer.BAD_REQUEST), blamed);
    }
}
