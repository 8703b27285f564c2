package io.vilokanam.node.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.testkit.Refchain;

final class BlockFilesTest {

    private static List<SignedBlock> all(BlockSource source) throws IOException, BlockFileException {
        List<SignedBlock> blocks = new ArrayList<>();
        for (Optional<SignedBlock> next = source.next(); next.isPresent(); next = source.next()) {
            blocks.add(next.get());
        }
        return blocks;
    }

    private static byte[] exported(ChainCore core, long from, long to, boolean isBinary) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockExport.write(core.chain(), from, to, isBinary, out);
        return out.toByteArray();
    }

    @Test
    void exportsTheVeryBytesThatTheStockNodeExported()
            throws IOException, BlockFileException, ChainSpecException, RuntimeUnavailableException {
        try (ChainCore core = RecordedChains.open("dev.raw.json")) {
            for (SignedBlock block : RecordedChains.blocks("dev-chain.blocks")) {
                core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
            }
            assertArrayEquals(Refchain.file("dev-chain.blocks"), exported(core, 1, Long.MAX_VALUE, true));
        }
    }

    @Test
    void readsInJsonWhatItWroteInJson()
            throws IOException, BlockFileException, ChainSpecException, RuntimeUnavailableException {
        try (ChainCore core = RecordedChains.open("local.raw.json")) {
            List<SignedBlock> blocks = RecordedChains.blocks("network.blocks").subList(0, 20);
            for (SignedBlock block : blocks) {
                core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
            }
            byte[] json = exported(core, 1, 20, false);
            assertEquals(blocks, all(JsonBlocks.open(new ByteArrayInputStream(json))));
            String first = new String(json, 0, 40, StandardCharsets.UTF_8);
            assertTrue(first.startsWith("{\"block\":{\"header\":{\"parentHash\":\"0x349b"), first);
        }
    }

    @Test
    void namesTheBlockAtWhichAFileBreaksOff() throws IOException, BlockFileException {
        byte[] whole = Refchain.file("dev-chain.blocks");
        BinaryBlocks cut = BinaryBlocks.open(new ByteArrayInputStream(Arrays.copyOf(whole, 1000)));
        cut.next();
        BlockFileException failure = assertThrows(BlockFileException.class, () -> all(cut));
        assertTrue(failure.getMessage().matches("block [0-9]+ of [0-9]+ does not decode: .*"), failure.getMessage());
    }

    @Test
    void namesTheBlockThatIsNoJson() throws IOException {
        JsonBlocks source = JsonBlocks.open(new ByteArrayInputStream("{\"block\":".getBytes(StandardCharsets.UTF_8)));
        assertTrue(assertThrows(BlockFileException.class, source::next).getMessage().startsWith("block 1 is no block"));
    }
}
