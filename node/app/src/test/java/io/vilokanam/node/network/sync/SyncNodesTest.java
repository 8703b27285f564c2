package io.vilokanam.node.network.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.network.MemoryNetwork;
import io.vilokanam.node.network.NetworkedChain;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.header.SignedBlock;

/** Two nodes in one process, one of which has a recorded chain that the other wants. */
final class SyncNodesTest {

    private static void importAll(ChainCore core, List<SignedBlock> blocks, BlockOrigin origin) {
        blocks.forEach(block -> core.importer().importBlock(IncomingBlock.of(block, origin)));
    }

    private static void await(ChainCore core, BooleanSupplier goal) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Runnable end = core.chain().listen(_ -> {
            if (goal.getAsBoolean()) {
                reached.complete(null);
            }
        });
        if (goal.getAsBoolean()) {
            reached.complete(null);
        }
        reached.get(60, TimeUnit.SECONDS);
        end.run();
    }

    @Test
    void aNodeDownloadsTheChainOfAnotherThroughItsSetChangesAndFinalisesIt() throws Exception {
        List<SignedBlock> blocks = RecordedChains.blocks("network.blocks");
        try (ChainCore full = RecordedChains.open("local.raw.json");
                ChainCore empty = RecordedChains.open("local.raw.json");
                NetworkedChain one = new NetworkedChain(1, full);
                NetworkedChain two = new NetworkedChain(2, empty)) {
            importAll(full, blocks, BlockOrigin.FILE);
            assertTrue(MemoryNetwork.connect(one.network(), two.network()));
            await(empty, () -> empty.chain().best().equals(full.chain().best())
                    && empty.chain().finalised().equals(full.chain().finalised()));
            assertEquals(full.grandpa().set().setId(), empty.grandpa().set().setId());
            assertEquals(List.of(), two.network().reports());
            assertEquals(List.of(), one.network().reports());
        }
    }

    @Test
    void aNodeAtTheTipFetchesWhatIsAnnounced() throws Exception {
        List<SignedBlock> blocks = RecordedChains.blocks("dev-chain.blocks");
        try (ChainCore author = RecordedChains.open("dev.raw.json");
                ChainCore follower = RecordedChains.open("dev.raw.json");
                NetworkedChain one = new NetworkedChain(1, author);
                NetworkedChain two = new NetworkedChain(2, follower)) {
            assertTrue(MemoryNetwork.connect(two.network(), one.network()));
            importAll(author, blocks, BlockOrigin.OWN);
            BlockRef best = author.chain().best();
            await(follower, () -> follower.chain().best().equals(best));
            assertEquals(List.of(), two.network().reports());
        }
    }

    @Test
    void nodesOfOtherChainsPart() throws Exception {
        try (ChainCore dev = RecordedChains.open("dev.raw.json");
                ChainCore local = RecordedChains.open("local.raw.json");
                NetworkedChain one = new NetworkedChain(1, dev);
                NetworkedChain two = new NetworkedChain(2, local)) {
            assertFalse(MemoryNetwork.connect(one.network(), two.network()));
            assertTrue(one.network().reports().getFirst().isFatal());
            assertTrue(two.network().reports().getFirst().isFatal());
        }
    }
}
