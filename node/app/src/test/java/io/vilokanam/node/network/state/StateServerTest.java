package io.vilokanam.node.network.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Fuzz;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/** A state that is told to somebody who knows nothing but its root. */
final class StateServerTest {

    /** So little that even a small state has many pages. */
    private static final long RESPONSE_BYTES = 1_000;

    private static final PeerId PEER = PeerId.ofEd25519(new byte[32]);

    private final List<ReputationChange> reports = new ArrayList<>();
    private ChainCore core;
    private StateServer server;
    private Hash best;
    private byte[] root;

    @BeforeEach
    void follow() throws Exception {
        core = RecordedChains.open("local.raw.json");
        for (SignedBlock block : RecordedChains.blocks("network.blocks")) {
            core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
        }
        server = new StateServer(core.chain(), (_, change) -> reports.add(change), RESPONSE_BYTES);
        best = core.chain().best().hash();
        root = core.chain().states().lease(best).orElseThrow().state().root();
    }

    @AfterEach
    void close() {
        core.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesTogetherAreTheStateOfTheBlock(boolean isPlain) throws Exception {
        SortedMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
        Optional<List<Bytes>> place = Optional.of(List.of());
        int pages = 0;
        while (place.isPresent()) {
            StateRequest request = StateRequest.decode(new StateRequest(best, place.get(), isPlain).encode());
            Bytes answer = server.answer(PEER, request.encode()).orElseThrow();
            StateRange page = StateResponse.read(answer, request, root);
            page.top().forEach(entry -> all.put(entry.key(), entry.value()));
            place = page.next();
            pages++;
        }
        assertTrue(pages > 2, "pages: " + pages);
        assertArrayEquals(root, StateTrie.of(TrieLayout.V1, all).root());
        assertEquals(List.of(), reports);
    }

    @Test
    void statesThatAreNotKeptAreRefused() {
        StateRequest request = new StateRequest(Hash.fromHex("aa".repeat(32)), List.of(), false);
        assertEquals(Optional.empty(), server.answer(PEER, request.encode()));
        assertEquals(Optional.empty(), server.answer(PEER, Bytes.EMPTY));
        assertEquals(List.of(StateServer.BAD_REQUEST), reports);
    }

    @Test
    void whoAsksTheSameAgainAndAgainIsBanned() {
        Bytes request = new StateRequest(best, List.of(), false).encode();
        assertTrue(server.answer(PEER, request).isPresent());
        assertTrue(server.answer(PEER, request).isPresent());
        assertEquals(Optional.empty(), server.answer(PEER, request));
        assertEquals(List.of(StateServer.SAME_REQUEST), reports);
    }

    @Test
    void answersOfAnotherStateAreRefused() {
        StateRequest request = new StateRequest(best, List.of(), false);
        Bytes answer = server.answer(PEER, request.encode()).orElseThrow();
        assertThrows(ProtobufException.class, () -> StateResponse.read(answer, request, new byte[32]));
        assertThrows(ProtobufException.class, () -> StateResponse.read(Bytes.EMPTY, request, root));
        StateRequest plain = new StateRequest(best, List.of(), true);
        assertThrows(ProtobufException.class, () -> StateResponse.read(answer, plain, root));
    }

    @Test
    void foreignMessages() {
        StateRequest request = new StateRequest(best, List.of(Bytes.ascii("a"), Bytes.ascii("b")), true);
        Fuzz.decoder("state request").with(request.encode().toArray()).declares(ProtobufException.class,
                input -> StateRequest.decode(Bytes.wrap(input)));
        StateRange page = new StateRange(List.of(new StateTrie.Entry(new byte[]{1}, new byte[]{2})), List.of(),
                Optional.empty());
        Fuzz.decoder("state response").with(StateResponse.plain(page).toArray()).declares(ProtobufException.class,
                input -> StateResponse.read(Bytes.wrap(input), request, root));
    }
}
