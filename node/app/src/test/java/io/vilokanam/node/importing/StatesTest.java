package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;

/** The recorded dev chain in memory with three final states kept. */
final class StatesTest {

    private static final int KEPT = 3;

    private ChainCore core;
    private List<SignedBlock> blocks;

    @BeforeEach
    void openChain() throws Exception {
        core = RecordedChains.open("dev.raw.json", new InMemoryStore(), States.Keeping.inMemory(KEPT));
        blocks = RecordedChains.blocks("dev-chain.blocks");
    }

    @AfterEach
    void close() {
        core.close();
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
            assertEquals(number > finalised - KEPT, core.chain().states().at(hash(number)).isPresent(),
                    "state of block " + number);
        }
    }

    @Test
    void keepsAPinnedStateUntilItIsUnpinnedAsOften() {
        importUpTo(2);
        assertTrue(core.chain().states().pin(hash(2)));
        assertTrue(core.chain().states().pin(hash(2)));
        importUpTo(blocks.size());
        core.chain().states().unpin(hash(2));
        assertTrue(core.chain().states().at(hash(2)).isPresent());
        core.chain().states().unpin(hash(2));
        assertFalse(core.chain().states().at(hash(2)).isPresent());
        assertFalse(core.chain().states().pin(hash(2)));
    }

    @Test
    void hasNoStateOfABlockThatItNeverSaw() {
        importUpTo(1);
        assertFalse(core.chain().states().at(hash(2)).isPresent());
        assertFalse(core.chain().states().pin(hash(2)));
    }
}
