package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** The validators of sessions that ended, in the off-chain index of a node that keeps one. */
class OffchainIndexTest {

    private static final String ALICE = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

    private static ChainCore imported(boolean isIndexing) throws Exception {
        ChainCore core = RecordedChains.open("full/dev.raw.json");
        if (isIndexing) {
            core.importer().index();
        }
        for (SignedBlock block : RecordedChains.blocks("full/chain.blocks")) {
            assertInstanceOf(ImportVerdict.Imported.class,
                    core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE)));
        }
        return core;
    }

    private static Optional<String> validators(ChainCore core, int session) {
        byte[] key = new ScaleOutput().raw(Bytes.ascii("session_historical/").view()).u32(session).toByteArray();
        return core.store().offchain(key).map(Bytes::hex);
    }

    @Test
    void theValidatorsOfEachSessionThatEndedAreThere() throws Exception {
        try (ChainCore core = imported(true)) {
            assertEquals(List.of(Optional.of("0x04" + ALICE), Optional.of("0x04" + ALICE), Optional.empty()),
                    List.of(validators(core, 0), validators(core, 1), validators(core, 2)));
        }
    }

    @Test
    void aNodeThatKeepsNoIndexHasNone() throws Exception {
        try (ChainCore core = imported(false)) {
            assertEquals(Optional.empty(), validators(core, 0));
        }
    }
}
