package io.vilokanam.pallets.balances;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of Balances cost: FRAME's default weights (pallet-balances 41.1, {@code weights.rs}) with RocksDB's costs. */
final class BalancesWeights {

    static final Weight TRANSFER_ALLOW_DEATH = changing(1, 48_834_000, 3_593);
    static final Weight TRANSFER_KEEP_ALIVE = changing(1, 39_051_000, 3_593);
    static final Weight FORCE_SET_BALANCE_CREATING = changing(1, 12_547_000, 3_593);
    static final Weight FORCE_SET_BALANCE_KILLING = changing(1, 19_206_000, 3_593);
    static final Weight FORCE_TRANSFER = changing(2, 49_519_000, 6_196);
    static final Weight TRANSFER_ALL = changing(1, 48_209_000, 3_593);
    static final Weight FORCE_UNRESERVE = changing(1, 15_515_000, 3_593);
    static final Weight FORCE_ADJUST_TOTAL_ISSUANCE = new Weight(5_351_000, 0);
    static final Weight BURN_ALLOW_DEATH = new Weight(30_219_000, 0);
    static final Weight BURN_KEEP_ALIVE = new Weight(20_720_000, 0);

    private static final Weight UPGRADE_ACCOUNTS = new Weight(14_674_000, 990);
    private static final Weight UPGRADE_ACCOUNT = new Weight(14_648_188, 2_603);

    private BalancesWeights() {}

    private static Weight changing(int accounts, long refTime, long proofSize) {
        return new Weight(refTime, proofSize).plus(DbWeight.ROCKS_DB.readsWrites(accounts, accounts));
    }

    static Weight upgradeAccounts(int accounts) {
        return UPGRADE_ACCOUNTS.plus(UPGRADE_ACCOUNT.times(accounts))
                .plus(DbWeight.ROCKS_DB.readsWrites(accounts, accounts));
    }
}
