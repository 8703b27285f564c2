package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.rpc.StateAnswers;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.node.storage.KeyValueStore;
import io.vilokanam.node.storage.LosingStore;
import io.vilokanam.node.storage.PruningMode;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.StateUnavailableException;

/** The recorded dev chain in memory with three final states kept. */
final class StatesTest {

    private static final int KEPT = 3;

    private ChainCore core;
    private List<SignedBlock> blocks;

    @BeforeEach
    void openChain() throws Exception {
        core = RecordedChains.open("dev.raw.json", new InMemoryStore(), Keeping.inMemory(KEPT));
        blocks = RecordedChains.blocks("dev-chain.blocks");
    }

    @AfterEach
    void close() {
        core.close();
    }

    private void reopen(KeyValueStore store, Keeping keeping) throws Exception {
        core.close();
        core = RecordedChains.open("dev.raw.json", store, keeping);
    }

    private Hash hash(int number) {
        return BlockRef.hashOf(blocks.get(number - 1).block().header());
    }

    private void importUpTo(int number) {
        for (SignedBlock block : blocks.subList(0, number)) {
            core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
        }
    }

    @Test
    void keepsTheLastFinalStatesAndAllAboveThem() {
        importUpTo(blocks.size());
        int finalised = (int) core.chain().finalised().number();
        for (int number = 1; number <= blocks.size(); number++) {
            assertEquals(number > finalised - KEPT, core.chain().states().has(hash(number)),
                    "state of block " + number);
        }
    }

    @Test
    void keepsALeasedStateUntilEachLeaseIsClosed() {
        importUpTo(2);
        StateLease first = core.chain().states().lease(hash(2)).orElseThrow();
        StateLease second = core.chain().states().lease(hash(2)).orElseThrow();
        importUpTo(blocks.size());
        first.close();
        first.close();
        assertTrue(core.chain().states().has(hash(2)));
        second.close();
        assertFalse(core.chain().states().has(hash(2)));
        assertTrue(core.chain().states().lease(hash(2)).isEmpty());
    }

    @Test
    void keepsTheSameStatesInAStoreAndPrunesThemAndOldBodies() throws Exception {
        InMemoryStore store = new InMemoryStore();
        reopen(store, Keeping.onDisk(Optional.of(new PruningMode.Last(KEPT)),
                Optional.of(new PruningMode.Last(KEPT + 1))));
        keepsTheLastFinalStatesAndAllAboveThem();
        long finalised = core.chain().finalised().number();
        for (int number = 1; number <= blocks.size(); number++) {
            assertEquals(number > finalised - KEPT - 1, core.chain().block(hash(number)).isPresent(),
                    "body of block " + number);
            assertTrue(core.chain().header(hash(number)).isPresent());
        }
        StateUnavailableException discarded = assertThrows(StateUnavailableException.class,
                () -> new StateAnswers(core.chain(), core.executor()).at(hash(1)));
        assertEquals("UnknownBlock: State already discarded for " + hash(1), discarded.getMessage());
    }

    @Test
    void goesOnInTheModeOfTheLastTimeAndChangesItInBothDirections() throws Exception {
        LosingStore store = new LosingStore();
        reopen(store, Keeping.archive());
        importUpTo(blocks.size());
        long finalised = core.chain().finalised().number();
        reopen(store, Keeping.onDisk(Optional.empty(), Optional.empty()));
        core.chain().pruner().run();
        assertTrue(core.chain().states().has(hash(1)));
        reopen(store, Keeping.onDisk(Optional.of(new PruningMode.Last(KEPT)), Optional.empty()));
        assertFalse(core.chain().states().has(hash(1)));
        core.chain().pruner().run();
        reopen(store, Keeping.archive());
        for (int number = 1; number <= blocks.size(); number++) {
            assertEquals(number > finalised - KEPT, core.chain().states().has(hash(number)),
                    "state of block " + number);
        }
    }

    @Test
    void hasNoStateOfABlockThatItNeverSaw() {
        importUpTo(1);
        assertFalse(core.chain().states().has(hash(2)));
        assertTrue(core.chain().states().lease(hash(2)).isEmpty());
    }
}
