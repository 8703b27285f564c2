package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.exchange.BlockFileException;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.storage.RocksDbStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.testkit.Refchain;

/** The recorded chains of a stock node, block by block. */
final class RecordedImportTest {

    private static void importAll(ChainCore core, List<SignedBlock> blocks) {
        for (SignedBlock block : blocks) {
            ImportVerdict verdict = core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
            assertTrue(verdict instanceof ImportVerdict.Imported(var _, var route, var worthless) && route.isPresent()
                    && worthless.isEmpty(), () -> block.block().header().number() + ": " + verdict);
        }
    }

    private static void assertFollowed(ChainCore core, List<SignedBlock> blocks, String recorded) {
        assertEquals(BlockRef.of(blocks.getLast().block().header()), core.chain().best());
        assertEquals(lastJustified(blocks), core.chain().finalised());
        for (JsonNode block : Refchain.json(recorded).get("blocks")) {
            assertEquals(Optional.of(Hash.fromHex(block.get("hash").asText())),
                    core.chain().canonicalHash(block.get("number").asLong()));
        }
    }

    private static BlockRef lastJustified(List<SignedBlock> blocks) {
        return blocks.stream().filter(block -> block.justifications().isPresent()).reduce((_, later) -> later)
                .map(block -> BlockRef.of(block.block().header())).orElseThrow();
    }

    @Test
    void importsTheDevChainToItsBestAndFinalisedBlock()
            throws ChainSpecException, RuntimeUnavailableException, IOException, BlockFileException {
        List<SignedBlock> blocks = RecordedChains.blocks("dev-chain.blocks");
        try (ChainCore core = RecordedChains.open("dev.raw.json")) {
            importAll(core, blocks);
            assertFollowed(core, blocks, "dev-chain.json");
        }
    }

    @Test
    void importsTheNetworkChainThroughItsChangesOfAuthorities()
            throws ChainSpecException, RuntimeUnavailableException, IOException, BlockFileException {
        List<SignedBlock> blocks = RecordedChains.blocks("network.blocks");
        try (ChainCore core = RecordedChains.open("local.raw.json")) {
            importAll(core, blocks);
            assertFollowed(core, blocks, "network.json");
            assertEquals(4, core.grandpa().set().setId());
        }
    }

    @Test
    void goesOnWhereItStoppedWhenTheStoreIsOpenedAgain(@TempDir Path folder)
            throws ChainSpecException, RuntimeUnavailableException, IOException, BlockFileException {
        List<SignedBlock> blocks = RecordedChains.blocks("network.blocks");
        int middle = blocks.size() / 2;
        BlockRef best;
        BlockRef finalised;
        try (ChainCore core = RecordedChains.open("local.raw.json", new RocksDbStore(folder, 1 << 20),
                Keeping.archive())) {
            importAll(core, blocks.subList(0, middle));
            best = core.chain().best();
            finalised = core.chain().finalised();
        }
        try (ChainCore core = RecordedChains.open("local.raw.json", new RocksDbStore(folder, 1 << 20),
                Keeping.archive())) {
            assertEquals(best, core.chain().best());
            assertEquals(finalised, core.chain().finalised());
            importAll(core, blocks.subList(middle, blocks.size()));
            assertFollowed(core, blocks, "network.json");
            assertTrue(core.chain().states().has(core.chain().genesis()));
        }
    }

    @Test
    void knowsABlockThatItHas()
            throws ChainSpecException, RuntimeUnavailableException, IOException, BlockFileException {
        SignedBlock first = RecordedChains.blocks("dev-chain.blocks").getFirst();
        try (ChainCore core = RecordedChains.open("dev.raw.json")) {
            core.importer().importBlock(IncomingBlock.of(first, BlockOrigin.FILE));
            assertInstanceOf(ImportVerdict.AlreadyKnown.class,
                    core.importer().importBlock(IncomingBlock.of(first, BlockOrigin.FILE)));
        }
    }

    @Test
    void keepsAnOrphanOut() throws ChainSpecException, RuntimeUnavailableException, IOException, BlockFileException {
        SignedBlock second = RecordedChains.blocks("dev-chain.blocks").get(1);
        try (ChainCore core = RecordedChains.open("dev.raw.json")) {
            assertEquals(new ImportVerdict.UnknownParent(second.block().header().parentHash()),
                    core.importer().importBlock(IncomingBlock.of(second, BlockOrigin.FILE)));
            assertEquals(Optional.empty(), core.chain().header(BlockRef.hashOf(second.block().header())));
        }
    }
}
