package io.vilokanam.pallets.membership;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of Membership cost: FRAME's default weights (pallet-membership 40.0) with RocksDB's costs. */
final class MembershipWeights {

    static final Weight CLEAR_PRIME = new Weight(1_972_000, 0).plus(DbWeight.ROCKS_DB.writes(2));

    private MembershipWeights() {}

    static Weight addMember(long members) {
        return of(9_308_742, 26_797, 64, members).plus(DbWeight.ROCKS_DB.readsWrites(2, 3));
    }

    static Weight removeMember(long members) {
        return of(12_554_406, 24_524, 64, members).plus(DbWeight.ROCKS_DB.readsWrites(3, 3));
    }

    static Weight swapMember(long members) {
        return of(12_625_174, 39_371, 64, members).plus(DbWeight.ROCKS_DB.readsWrites(3, 3));
    }

    static Weight resetMembers(long members) {
        return of(12_733_911, 107_985, 64, members).plus(DbWeight.ROCKS_DB.readsWrites(3, 3));
    }

    static Weight changeKey(long members) {
        return of(12_884_989, 43_064, 64, members).plus(DbWeight.ROCKS_DB.readsWrites(3, 4));
    }

    static Weight setPrime(long members) {
        return of(4_409_075, 13_153, 32, members).plus(DbWeight.ROCKS_DB.readsWrites(1, 2));
    }

    private static Weight of(long base, long each, long proofEach, long members) {
        return new Weight(base, 4_687).plus(new Weight(each, proofEach).times(members));
    }
}
