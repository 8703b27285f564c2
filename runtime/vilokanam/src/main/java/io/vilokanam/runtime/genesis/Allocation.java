package io.vilokanam.runtime.genesis;

import java.util.List;
import java.util.Map;

import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * To whom the first tokens of the whole chain belong: 1,000,000,000 VLK, of which 40 in a hundred are the treasury's, 25 the
 * team's, 20 the investors', 10 the public's and 5 the ecosystem's. What team and investors hold vests.
 *
 * @param treasury the account of the treasury
 */
record Allocation(AccountId treasury) {

    /** 1,000,000,000 VLK, in plancks. */
    static final U128 TOTAL = U128.parse("1000000000000000000000");

    private static final long TREASURY = 40;
    private static final long TEAM = 25;
    private static final long INVESTORS = 20;
    private static final long PUBLIC = 10;
    private static final long ECOSYSTEM = 5;

    /** A year of blocks. */
    private static final long YEAR = 365 * 43_200;
    /** A thousand VLK, in plancks: with these even those can sign whose tokens all vest. */
    private static final U128 LIQUID = U128.of(1_000_000_000_000_000L);

    /**
     * The shares as balances.
     *
     * @param others balances that come out of the public's share
     */
    List<Map.Entry<AccountId, U128>> balances(List<Map.Entry<AccountId, U128>> others) {
        U128 open = share(PUBLIC);
        for (Map.Entry<AccountId, U128> other : others) {
            open = open.minus(other.getValue());
        }
        return List.of(Map.entry(treasury, share(TREASURY)), Map.entry(DevAccounts.TEAM, share(TEAM)),
                Map.entry(DevAccounts.INVESTORS, share(INVESTORS)), Map.entry(DevAccounts.PUBLIC, open),
                Map.entry(DevAccounts.ECOSYSTEM, share(ECOSYSTEM)));
    }

    /** The team waits a year, then three years; the investors wait half a year, then one and a half. */
    List<Vesting.Genesis.Entry> vesting() {
        return List.of(new Vesting.Genesis.Entry(DevAccounts.TEAM, YEAR, 3 * YEAR, LIQUID),
                new Vesting.Genesis.Entry(DevAccounts.INVESTORS, YEAR / 2, 3 * YEAR / 2, LIQUID));
    }

    private static U128 share(long inHundred) {
        return TOTAL.scaledBy(U128.of(inHundred), U128.of(100));
    }
}
