package io.vilokanam.pallets.balances;

import static io.vilokanam.pallets.EightPallets.ALICE;
import static io.vilokanam.pallets.EightPallets.BOB;
import static io.vilokanam.pallets.EightPallets.CHARLIE;
import static io.vilokanam.pallets.EightPallets.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.EightPallets.HOLD;
import static io.vilokanam.pallets.EightPallets.OTHER_HOLD;
import static io.vilokanam.pallets.EightPallets.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.BalanceStatus;
import io.vilokanam.frame.fungible.Credit;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.FungibleHold;
import io.vilokanam.frame.fungible.LockableCurrency;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.pallets.EightPallets;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.balances.Balances.Event;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

class HoldsReservesLocksTest {

    private static final Bytes LOCK = Bytes.ascii("lock one");
    private static final Bytes OTHER_LOCK = Bytes.ascii("lock two");
    private static final Set<WithdrawReason> MOVING = EnumSet.of(WithdrawReason.TRANSFER);

    private final EightPallets runtime = new EightPallets().atBlockOne(has(ALICE, 100), has(BOB, 10));
    private final InMemoryExternalities ext = runtime.ext;
    private final FungibleHold holds = runtime.balances.holds();
    private final ReservableCurrency reserves = runtime.balances.reserves();
    private final LockableCurrency locks = runtime.balances.locks();

    private static U128 eds(long existentialDeposits) {
        return U128.of(existentialDeposits * EXISTENTIAL_DEPOSIT);
    }

    private static void assertFails(TokenError expected, Executable operation) {
        assertEquals(new DispatchError.Token(expected), assertThrows(DispatchException.class, operation).error());
    }

    private static void assertFails(Balances.Error expected, Executable operation) {
        assertEquals(Optional.of(expected), assertThrows(DispatchException.class, operation).palletError());
    }

    @Test
    void heldTokensAreReservedUntilTheyAreReleased() throws DispatchException {
        holds.hold(ext, HOLD, ALICE, eds(30));
        holds.hold(ext, OTHER_HOLD, ALICE, eds(20));
        holds.hold(ext, HOLD, ALICE, eds(5));
        assertEquals(eds(35), holds.balanceOnHold(ext, HOLD, ALICE));
        assertEquals(eds(55), holds.totalBalanceOnHold(ext, ALICE));
        assertEquals(AccountData.DEFAULT.withFree(eds(45)).withReserved(eds(55)), runtime.account(ALICE));
        assertEquals(eds(35), holds.release(ext, HOLD, ALICE, eds(40), Precision.BEST_EFFORT));
        assertFails(TokenError.FUNDS_UNAVAILABLE,
                () -> holds.release(ext, OTHER_HOLD, ALICE, eds(21), Precision.EXACT));
        assertEquals(eds(20), holds.release(ext, OTHER_HOLD, ALICE, eds(20), Precision.EXACT));
        assertEquals(AccountData.DEFAULT.withFree(eds(100)), runtime.account(ALICE));
        assertEquals(List.of(), runtime.events(), "holds are silent at this version");
    }

    @Test
    void theLastExistentialDepositIsNotHeld() {
        assertTrue(holds.canHold(ext, HOLD, ALICE, eds(99)));
        assertFalse(holds.canHold(ext, HOLD, ALICE, eds(100)));
        assertFails(TokenError.FUNDS_UNAVAILABLE, () -> holds.hold(ext, HOLD, ALICE, eds(100)));
        assertFails(TokenError.CANNOT_CREATE_HOLD, () -> holds.hold(ext, HOLD, CHARLIE, U128.ZERO));
    }

    @Test
    void heldTokensAreBurnedAndMoved() throws DispatchException {
        holds.hold(ext, HOLD, ALICE, eds(30));
        assertEquals(eds(10), holds.burnHeld(ext, HOLD, ALICE, eds(10), Precision.EXACT, Fortitude.POLITE));
        assertEquals(eds(100), runtime.balances.currency().totalIssuance(ext));
        assertEquals(eds(5), holds.transferOnHold(ext, HOLD, ALICE, BOB, eds(5), Precision.EXACT, Fortitude.POLITE));
        assertEquals(AccountData.DEFAULT.withFree(eds(15)), runtime.account(BOB));
        assertEquals(eds(15),
                holds.transferOnHold(ext, HOLD, ALICE, CHARLIE, eds(90), Precision.BEST_EFFORT, Fortitude.POLITE));
        assertEquals(AccountData.DEFAULT.withFree(eds(70)), runtime.account(ALICE));
    }

    @Test
    void frozenTokensOnHoldOnlyYieldToForce() throws DispatchException {
        holds.hold(ext, HOLD, ALICE, eds(60));
        locks.setLock(ext, LOCK, ALICE, eds(90), MOVING);
        assertFails(TokenError.FROZEN,
                () -> holds.burnHeld(ext, HOLD, ALICE, eds(11), Precision.EXACT, Fortitude.POLITE));
        assertEquals(eds(10), holds.burnHeld(ext, HOLD, ALICE, eds(11), Precision.BEST_EFFORT, Fortitude.POLITE));
        assertEquals(eds(50), holds.burnHeld(ext, HOLD, ALICE, eds(50), Precision.EXACT, Fortitude.FORCE));
    }

    @Test
    void reservesComeFromWhatIsNotFrozen() throws DispatchException {
        locks.setLock(ext, LOCK, ALICE, eds(40), MOVING);
        assertTrue(reserves.canReserve(ext, ALICE, eds(60)));
        assertFalse(reserves.canReserve(ext, ALICE, eds(61)));
        assertFails(Balances.Error.LIQUIDITY_RESTRICTIONS, () -> reserves.reserve(ext, ALICE, eds(61)));
        assertFails(Balances.Error.INSUFFICIENT_BALANCE, () -> reserves.reserve(ext, ALICE, eds(101)));
        runtime.withoutEvents();
        reserves.reserve(ext, ALICE, eds(60));
        assertEquals(List.of(new Event.Reserved(ALICE, eds(60))), runtime.events());
        assertEquals(eds(60), reserves.reservedBalance(ext, ALICE));
        assertEquals(eds(5), reserves.unreserve(ext, ALICE, eds(65)));
    }

    @Test
    void whatIsSlashedLeavesTheIssuanceWhenItIsDropped() throws DispatchException {
        reserves.reserve(ext, ALICE, eds(20));
        runtime.withoutEvents();
        var slashed = reserves.slashReserved(ext, ALICE, eds(25));
        assertEquals(new ReservableCurrency.Slashed(new Credit(eds(20)), eds(5)), slashed);
        assertEquals(eds(110), runtime.balances.currency().totalIssuance(ext));
        reserves.dropSlashed(ext, slashed.credit());
        reserves.dropSlashed(ext, Credit.ZERO);
        assertEquals(eds(90), runtime.balances.currency().totalIssuance(ext));
        assertEquals(List.of(new Event.Slashed(ALICE, eds(20)), new Event.Rescinded(eds(20))), runtime.events());
    }

    @Test
    void reservesAreRepatriatedToAccountsThatExist() throws DispatchException {
        reserves.reserve(ext, ALICE, eds(20));
        runtime.withoutEvents();
        assertEquals(U128.ZERO, reserves.repatriateReserved(ext, ALICE, BOB, eds(5), BalanceStatus.FREE));
        assertEquals(eds(1), reserves.repatriateReserved(ext, ALICE, BOB, eds(16), BalanceStatus.RESERVED));
        assertEquals(AccountData.DEFAULT.withFree(eds(15)).withReserved(eds(15)), runtime.account(BOB));
        assertEquals(List.of(new Event.ReserveRepatriated(ALICE, BOB, eds(5), BalanceStatus.FREE),
                new Event.ReserveRepatriated(ALICE, BOB, eds(15), BalanceStatus.RESERVED)), runtime.events());
        assertFails(Balances.Error.DEAD_ACCOUNT,
                () -> reserves.repatriateReserved(ext, BOB, CHARLIE, eds(1), BalanceStatus.FREE));
        assertEquals(U128.ZERO, reserves.repatriateReserved(ext, BOB, BOB, eds(5), BalanceStatus.FREE));
        assertEquals(AccountData.DEFAULT.withFree(eds(20)).withReserved(eds(10)), runtime.account(BOB));
    }

    @Test
    void locksOverlapAndTheHighestCounts() throws DispatchException {
        locks.setLock(ext, LOCK, ALICE, eds(40), MOVING);
        locks.setLock(ext, OTHER_LOCK, ALICE, eds(30), MOVING);
        locks.extendLock(ext, OTHER_LOCK, ALICE, eds(20), EnumSet.of(WithdrawReason.TRANSACTION_PAYMENT));
        assertEquals(eds(40), runtime.account(ALICE).frozen());
        assertEquals(1, runtime.system.accounts().consumers(ext, ALICE));
        locks.removeLock(ext, LOCK, ALICE);
        assertEquals(eds(30), runtime.account(ALICE).frozen());
        locks.setLock(ext, OTHER_LOCK, ALICE, U128.ZERO, MOVING);
        assertEquals(AccountData.DEFAULT.withFree(eds(100)), runtime.account(ALICE));
        assertEquals(0, runtime.system.accounts().consumers(ext, ALICE));
        assertEquals(List.of(new Event.Locked(ALICE, eds(40)), new Event.Unlocked(ALICE, eds(10)),
                new Event.Unlocked(ALICE, eds(30))), runtime.events());
    }

    @Test
    void aLockOfAnAccountThatDoesNotLiveIsNotedAllTheSame() throws DispatchException {
        locks.setLock(ext, LOCK, CHARLIE, eds(1), MOVING);
        assertEquals(List.of(new Event.Locked(CHARLIE, eds(1))), runtime.events());
        assertFalse(runtime.system.accounts().exists(ext, CHARLIE));
    }
}
