package io.vilokanam.runtime.composition;

import java.util.EnumSet;

import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.pallets.identity.Identity;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.scale.U128;

/** What is known and owed to single accounts: 25 Vesting, 26 Identity. */
public record People(Vesting vesting, Identity identity) {

    private static final U128 VLK = U128.of(1_000_000_000_000L);
    private static final int MAX_VESTING_SCHEDULES = 28;

    private static final U128 BYTE_DEPOSIT = U128.of(10_000_000_000L);
    private static final U128 SUB_ACCOUNT_DEPOSIT = U128.of(200_000_000_000L);
    private static final int MAX_SUB_ACCOUNTS = 100;
    private static final int MAX_ADDITIONAL_FIELDS = 20;
    private static final int MAX_REGISTRARS = 20;
    private static final int MAX_SUFFIX_LENGTH = 7;
    private static final int MAX_USERNAME_LENGTH = 32;
    /** Blocks of two seconds. */
    private static final long DAY = 43_200;

    static People build(Foundation foundation, Governance governance) {
        Vesting vesting = foundation.runtime().add(25, "Vesting", scope -> new Vesting(scope,
                new Vesting.Config(VLK, MAX_VESTING_SCHEDULES, Composition.MAX_LOCKS,
                        // What vests can pay fees, but cannot be moved or reserved.
                        EnumSet.complementOf(EnumSet.of(WithdrawReason.TRANSFER, WithdrawReason.RESERVE))),
                foundation.system(), foundation.balances().currency(), foundation.balances().locks()));
        Identity identity = foundation.runtime().add(26, "Identity", scope -> new Identity(scope,
                new Identity.Config(VLK, BYTE_DEPOSIT, VLK, SUB_ACCOUNT_DEPOSIT, MAX_SUB_ACCOUNTS,
                        MAX_ADDITIONAL_FIELDS, MAX_REGISTRARS, 7 * DAY, 30 * DAY, MAX_SUFFIX_LENGTH,
                        MAX_USERNAME_LENGTH,
                        governance.treasury(), Governance.ROOT_OR_MOST_OF_COUNCIL, Governance.ROOT_OR_MOST_OF_COUNCIL,
                        EnsureOrigin.ROOT),
                foundation.system(), foundation.balances().reserves()));
        return new People(vesting, identity);
    }
}
