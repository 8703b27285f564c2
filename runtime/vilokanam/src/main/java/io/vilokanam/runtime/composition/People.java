package io.vilokanam.runtime.composition;

import java.util.EnumSet;

import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.scale.U128;

/** What is known and owed to single accounts: 25 Vesting, 26 Identity. */
public record People(Vesting vesting) {

    private static final U128 VLK = U128.of(1_000_000_000_000L);
    private static final int MAX_VESTING_SCHEDULES = 28;

    static People build(Foundation foundation, Governance governance) {
        Vesting vesting = foundation.runtime().add(25, "Vesting", scope -> new Vesting(scope,
                new Vesting.Config(VLK, MAX_VESTING_SCHEDULES, Composition.MAX_LOCKS,
                        // What vests can pay fees, but cannot be moved or reserved.
                        EnumSet.complementOf(EnumSet.of(WithdrawReason.TRANSFER, WithdrawReason.RESERVE))),
                foundation.system(), foundation.balances().currency(), foundation.balances().locks()));
        return new People(vesting);
    }
}
