package io.vilokanam.pallets.balances;

import static io.vilokanam.pallets.EightPallets.ALICE;
import static io.vilokanam.pallets.EightPallets.BOB;
import static io.vilokanam.pallets.EightPallets.CHARLIE;
import static io.vilokanam.pallets.EightPallets.DAVE;
import static io.vilokanam.pallets.EightPallets.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.EightPallets.HOLD;
import static io.vilokanam.pallets.EightPallets.OTHER_HOLD;
import static io.vilokanam.pallets.EightPallets.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.BalanceStatus;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.pallets.EightPallets;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

/** Whatever is done to balances, in whatever order, money and references add up. */
class BalancesPropertiesTest {

    private static final int OPERATIONS = 300;
    private static final List<AccountId> ACCOUNTS = List.of(ALICE, BOB, CHARLIE, DAVE);
    private static final List<Bytes> LOCKS = List.of(Bytes.ascii("lock one"), Bytes.ascii("lock two"));

    private final EightPallets runtime = new EightPallets().atBlockOne(has(ALICE, 20), has(BOB, 5));

    @SeededTest(runs = 60)
    void moneyAndReferencesAddUp(long seed) {
        Random random = new Random(seed);
        int succeeded = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            succeeded += StorageLayer.attempt(runtime.ext, () -> operate(random)) ? 1 : 0;
            check();
        }
        assertTrue(succeeded > OPERATIONS / 10, "only " + succeeded + " operations came to something");
    }

    private void check() {
        U128 sum = U128.ZERO;
        for (AccountId who : ACCOUNTS) {
            AccountData account = runtime.account(who);
            sum = sum.plus(account.total());
            boolean provides = account.free().isAtLeast(U128.of(EXISTENTIAL_DEPOSIT));
            assertTrue(provides || account.free().isZero() || !account.reserved().isZero(), "less than it takes");
            assertEquals(provides ? 1 : 0, runtime.system.accounts().providers(runtime.ext, who));
            assertEquals(account.consumes() && provides ? 1 : 0, runtime.system.accounts().consumers(runtime.ext, who));
            U128 held = runtime.balances.holds().balanceOnHold(runtime.ext, HOLD, who)
                    .plus(runtime.balances.holds().balanceOnHold(runtime.ext, OTHER_HOLD, who));
            assertTrue(account.reserved().isAtLeast(held), "holds are part of what is reserved");
        }
        assertEquals(sum, runtime.balances.currency().totalIssuance(runtime.ext));
    }

    private Object operate(Random random) throws DispatchException {
        AccountId who = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        AccountId other = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        U128 amount = amount(random);
        Precision precision = Precision.values()[random.nextInt(2)];
        Preservation preservation = Preservation.values()[random.nextInt(3)];
        Fortitude fortitude = Fortitude.values()[random.nextInt(2)];
        HoldReason reason = random.nextBoolean() ? HOLD : OTHER_HOLD;
        var ext = runtime.ext;
        var currency = runtime.balances.currency();
        var holds = runtime.balances.holds();
        var reserves = runtime.balances.reserves();
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> currency.transfer(ext, who, other, amount, preservation);
            case 3 -> currency.mintInto(ext, who, amount);
            case 4 -> currency.burnFrom(ext, who, amount, preservation, precision, fortitude);
            case 5 -> {
                currency.drop(ext, currency.withdraw(ext, who, amount, precision, preservation, fortitude));
                yield amount;
            }
            case 6 -> {
                currency.drop(ext, currency.deposit(ext, who, amount, precision));
                yield amount;
            }
            case 7 -> {
                holds.hold(ext, reason, who, amount);
                yield amount;
            }
            case 8 -> holds.release(ext, reason, who, amount, precision);
            case 9 -> holds.burnHeld(ext, reason, who, amount, precision, fortitude);
            case 10 -> holds.transferOnHold(ext, reason, who, other, amount, precision, fortitude);
            case 11 -> {
                runtime.balances.locks().setLock(ext, LOCKS.get(random.nextInt(2)), who, random.nextBoolean() ? amount
                        : U128.ZERO, Set.of(WithdrawReason.TRANSFER));
                yield amount;
            }
            default -> reserve(random, who, other, amount, reserves);
        };
    }

    /** Not more is freed or slashed than was reserved without a reason: what is held may only be released. */
    private Object reserve(Random random, AccountId who, AccountId other, U128 amount,
            io.vilokanam.frame.fungible.ReservableCurrency reserves) throws DispatchException {
        var ext = runtime.ext;
        U128 nameless = runtime.account(who).reserved().minus(runtime.balances.holds().balanceOnHold(ext, HOLD, who)
                .plus(runtime.balances.holds().balanceOnHold(ext, OTHER_HOLD, who))).min(amount);
        switch (random.nextInt(4)) {
            case 0 -> reserves.reserve(ext, who, amount);
            case 1 -> reserves.unreserve(ext, who, nameless);
            case 2 -> reserves.dropSlashed(ext, reserves.slashReserved(ext, who, nameless).credit());
            default -> reserves.repatriateReserved(ext, who, other, nameless,
                    BalanceStatus.values()[random.nextInt(2)]);
        }
        return amount;
    }

    private static U128 amount(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> U128.of(EXISTENTIAL_DEPOSIT);
            case 1 -> U128.of(EXISTENTIAL_DEPOSIT - 1);
            case 2 -> U128.of(random.nextInt(3));
            default -> U128.of((long) (random.nextDouble() * 6 * EXISTENTIAL_DEPOSIT));
        };
    }
}
