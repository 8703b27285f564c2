package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.scale.Bytes;

final class GrandpaAnswersTest {

    @Test
    void proofsThatCameWithBlocksOfOthersAreTold() throws Exception {
        try (ChainCore core = RecordedChains.open("local.raw.json")) {
            GrandpaAnswers answers = new GrandpaAnswers(core.chain(), core.grandpa(), Optional.empty());
            List<Bytes> told = new ArrayList<>();
            Registration registration = answers.watchJustifications(told::add);
            List<Bytes> stored = new ArrayList<>();
            List<SignedBlock> blocks = RecordedChains.blocks("network.blocks");
            for (SignedBlock block : blocks) {
                core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.SYNC));
                block.justifications().ifPresent(proofs -> proofs.forEach(proof -> stored.add(proof.encoded())));
            }
            assertEquals(stored, told);
            assertFalse(told.isEmpty());
            registration.close();
        }
    }
}
