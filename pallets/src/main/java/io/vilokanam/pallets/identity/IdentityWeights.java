package io.vilokanam.pallets.identity;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of Identity cost: FRAME's default weights (pallet-identity 40.1) with RocksDB's costs. */
final class IdentityWeights {

    private static final long REGISTRARS_PROOF = 2_626;
    private static final long IDENTITY_PROOF = 11_003;

    static final Weight ADD_USERNAME_AUTHORITY = of(5_942_000, 0, 0, 1);
    static final Weight REMOVE_USERNAME_AUTHORITY = of(8_170_000, 3_517, 1, 1);
    static final Weight SET_USERNAME_FOR = of(80_172_122, 3_593, 5, 4);
    static final Weight ACCEPT_USERNAME = of(18_409_000, 3_567, 2, 3);
    static final Weight REMOVE_EXPIRED_APPROVAL = of(49_710_620, 3_593, 3, 2);
    static final Weight SET_PRIMARY_USERNAME = of(12_524_000, 3_563, 1, 1);
    static final Weight UNBIND_USERNAME = of(17_417_000, 3_563, 3, 1);
    static final Weight REMOVE_USERNAME = of(22_461_000, 3_563, 4, 3);
    static final Weight KILL_USERNAME = of(52_518_565, 3_593, 5, 4);

    private IdentityWeights() {}

    private static Weight of(long base, long proof, int reads, int writes) {
        return new Weight(base, proof).plus(DbWeight.ROCKS_DB.readsWrites(reads, writes));
    }

    /** With a part that grows with a count. */
    private static Weight of(long base, long proof, int reads, int writes, long each, long count) {
        return of(base, proof, reads, writes).plus(new Weight(each, 0).times(count));
    }

    private static Weight writes(long count) {
        return new Weight(DbWeight.ROCKS_DB.write(), 0).times(count);
    }

    static Weight addRegistrar(long registrars) {
        return of(8_205_421, REGISTRARS_PROOF, 1, 1, 124_282, registrars);
    }

    static Weight setIdentity(long judgements) {
        return of(115_873_094, IDENTITY_PROOF, 1, 1, 170_077, judgements);
    }

    static Weight setSubsNew(long subs) {
        return of(23_044_144, IDENTITY_PROOF, 2, 1, 3_619_023, subs)
                .plus(new Weight(DbWeight.ROCKS_DB.read(), 2_589).times(subs)).plus(writes(subs));
    }

    static Weight setSubsOld(long subs) {
        return of(26_312_295, IDENTITY_PROOF, 2, 1, 1_469_411, subs).plus(writes(subs));
    }

    static Weight clearIdentity(long judgements, long subs) {
        return of(53_735_553, IDENTITY_PROOF, 2, 2, 299_626, judgements).plus(new Weight(1_439_399, 0).times(subs))
                .plus(writes(subs));
    }

    static Weight requestJudgement(long judgements) {
        return of(79_151_582, IDENTITY_PROOF, 2, 1, 144_708, judgements);
    }

    static Weight cancelRequest(long judgements) {
        return of(75_928_402, IDENTITY_PROOF, 1, 1, 74_407, judgements);
    }

    static Weight setFee(long registrars) {
        return of(5_502_556, REGISTRARS_PROOF, 1, 1, 98_575, registrars);
    }

    static Weight setAccountId(long registrars) {
        return of(5_246_840, REGISTRARS_PROOF, 1, 1, 55_466, registrars);
    }

    static Weight setFields(long registrars) {
        return of(5_047_216, REGISTRARS_PROOF, 1, 1, 60_918, registrars);
    }

    static Weight provideJudgement(long judgements) {
        return of(99_508_071, IDENTITY_PROOF, 2, 1, 99_527, judgements);
    }

    static Weight killIdentity(long judgements, long subs) {
        return of(72_306_168, IDENTITY_PROOF, 3, 3, 462_202, judgements).plus(new Weight(1_487_085, 0).times(subs))
                .plus(writes(subs));
    }

    static Weight addSub(long subs) {
        return of(32_010_010, IDENTITY_PROOF, 3, 2, 109_303, subs);
    }

    static Weight renameSub(long subs) {
        return of(18_669_365, IDENTITY_PROOF, 2, 1, 55_626, subs);
    }

    static Weight removeSub(long subs) {
        return of(34_764_962, IDENTITY_PROOF, 3, 2, 91_275, subs);
    }

    static Weight quitSub(long subs) {
        return of(23_698_115, 6_723, 3, 2, 98_569, subs);
    }
}
