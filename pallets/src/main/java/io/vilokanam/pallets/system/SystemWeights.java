package io.vilokanam.pallets.system;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What System's calls cost: FRAME's own figures ({@code frame_system::weights}, stable2503). */
record SystemWeights(DbWeight db) {

    Weight remark(long length) {
        return new Weight(1_586_000, 0).plus(new Weight(10_920, 0).times(length));
    }

    Weight remarkWithEvent(long length) {
        return new Weight(4_725_000, 0).plus(new Weight(12_386, 0).times(length));
    }

    Weight setHeapPages() {
        return new Weight(2_836_000, 0).plus(db.writes(1));
    }

    Weight setCode() {
        return new Weight(164_247_810_000L, 67_035).plus(db.readsWrites(1, 1));
    }

    Weight setStorage(long items) {
        return new Weight(1_565_000, 0).plus(new Weight(733_648, 0).times(items)).plus(db.writes(items));
    }

    Weight killStorage(long keys) {
        return new Weight(1_624_000, 0).plus(new Weight(566_903, 0).times(keys)).plus(db.writes(keys));
    }

    Weight killPrefix(long keys) {
        return new Weight(2_964_000, 0).plus(new Weight(1_340_742, 70).times(keys)).plus(db.readsWrites(keys, keys));
    }

    Weight authorizeUpgrade() {
        return new Weight(15_570_000, 0).plus(db.writes(1));
    }

    Weight applyAuthorizedUpgrade() {
        return new Weight(166_858_158_000L, 67_035).plus(db.readsWrites(2, 2));
    }
}
