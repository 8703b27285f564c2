package io.vilokanam.consensus.grandpa;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.grandpa.justification.WarpSync;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Fuzz;

/** What peers send of GRANDPA: a value or a {@link ScaleException}, nothing else. */
class ForeignBytesTest {

    @Test
    void justifications() {
        Fuzz.decoder("justification").declares(ScaleException.class, GrandpaJustification.CODEC::decodeAll);
    }

    @Test
    void finalityProofs() {
        Fuzz.decoder("finality-proof").declares(ScaleException.class, FinalityProof.CODEC::decodeAll);
    }

    @Test
    void gossip() {
        Fuzz.decoder("gossip").declares(ScaleException.class, GossipMessage.CODEC::decodeAll);
    }

    @Test
    void warpSyncProofs() {
        Fuzz.decoder("warp-sync").declares(ScaleException.class, WarpSync.CODEC::decodeAll);
    }
}
