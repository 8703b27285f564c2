package io.vilokanam.pallets.system.extension;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What System's extensions cost: FRAME's own figures ({@code frame_system::extensions::weights}, stable2503). */
record ExtensionWeights(DbWeight db) {

    static final Weight CHECK_NON_ZERO_SENDER = new Weight(570_000, 0);
    static final Weight CHECK_SPEC_VERSION = new Weight(430_000, 0);
    static final Weight CHECK_TX_VERSION = new Weight(455_000, 0);
    static final Weight CHECK_WEIGHT = new Weight(3_006_000, 0);

    /** Genesis is always at hand: its proof size counts as nothing. */
    Weight checkGenesis() {
        return new Weight(3_577_000, 0).plus(db.reads(1));
    }

    Weight checkMortality(boolean immortal) {
        return (immortal ? new Weight(6_605_000, 0) : new Weight(6_703_000, 3_509)).plus(db.reads(1));
    }

    Weight checkNonce() {
        return new Weight(7_261_000, 3_593).plus(db.readsWrites(1, 1));
    }

    Weight weightReclaim() {
        return new Weight(4_747_000, 1_489).plus(db.readsWrites(1, 1));
    }
}
