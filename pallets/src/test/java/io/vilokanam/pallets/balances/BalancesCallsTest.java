package io.vilokanam.pallets.balances;

import static io.vilokanam.pallets.EightPallets.ALICE;
import static io.vilokanam.pallets.EightPallets.BOB;
import static io.vilokanam.pallets.EightPallets.CHARLIE;
import static io.vilokanam.pallets.EightPallets.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.EightPallets.HOLD;
import static io.vilokanam.pallets.EightPallets.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.pallets.EightPallets;
import io.vilokanam.pallets.balances.Balances.AdjustmentDirection;
import io.vilokanam.pallets.balances.Balances.Call;
import io.vilokanam.pallets.balances.Balances.Event;
import io.vilokanam.pallets.system.SystemEvent;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

class BalancesCallsTest {

    private static final Origin SIGNED = Origin.signed(ALICE);
    private static final Bytes LOCK = Bytes.ascii("a lock  ");

    private final EightPallets runtime = new EightPallets().atBlockOne(has(ALICE, 100), has(BOB, 10));

    private static U128 eds(long existentialDeposits) {
        return U128.of(existentialDeposits * EXISTENTIAL_DEPOSIT);
    }

    private static MultiAddress to(AccountId account) {
        return MultiAddress.of(account);
    }

    private PostDispatchInfo dispatch(Origin origin, Call call) throws DispatchException {
        return runtime.scope.dispatch(runtime.ext, origin, runtime.scope.call(runtime.balances, call));
    }

    private void assertNoop(DispatchError expected, Origin origin, Call call) {
        var before = new TreeMap<>(runtime.ext.state());
        assertEquals(expected, assertThrows(DispatchException.class, () -> dispatch(origin, call)).error());
        assertEquals(before.keySet(), runtime.ext.state().keySet());
        before.forEach((key, value) -> assertEquals(Bytes.wrap(value), Bytes.wrap(runtime.ext.state().get(key))));
    }

    private static DispatchError token(TokenError error) {
        return new DispatchError.Token(error);
    }

    private static DispatchError module(Balances.Error error) {
        return new DispatchError.Module(ModuleError.of(4, error.ordinal()));
    }

    private U128 free(AccountId who) {
        return runtime.balances.currency().balance(runtime.ext, who);
    }

    private U128 issuance() {
        return runtime.balances.currency().totalIssuance(runtime.ext);
    }

    private void lock(AccountId who, U128 amount) throws DispatchException {
        runtime.balances.locks().setLock(runtime.ext, LOCK, who, amount, Set.of(WithdrawReason.TRANSFER));
        runtime.withoutEvents();
    }

    private void reserve(AccountId who, U128 amount) throws DispatchException {
        runtime.balances.reserves().reserve(runtime.ext, who, amount);
        runtime.withoutEvents();
    }

    @Test
    void aTransferMovesFreeBalance() throws DispatchException {
        assertEquals(PostDispatchInfo.AS_ANNOUNCED, dispatch(SIGNED, new Call.TransferAllowDeath(to(BOB), eds(5))));
        assertEquals(eds(95), free(ALICE));
        assertEquals(eds(15), free(BOB));
        assertEquals(List.of(new Event.Transfer(ALICE, BOB, eds(5))), runtime.events());
    }

    /** Found by the differential test: the reference does not look at how the receiving side of a transfer ends. */
    @Test
    void aTransferIsLostOnAnAccountThatCannotBeReferredTo() throws DispatchException {
        ScaleOutput record = new ScaleOutput().u32(0).u32(0).u32(0).u32(1);
        AccountData.CODEC.encode(new AccountData(eds(2), eds(1), U128.ZERO, AccountData.DEFAULT.flags()), record);
        var accounts = runtime.scope.slotOf(runtime.system).scope().storage().getFirst();
        byte[] key = new ScaleOutput().raw(accounts.prefix().view())
                .raw(accounts.hashers().getFirst().apply(runtime.ext, CHARLIE.bytes().view())).toByteArray();
        runtime.ext.put(key, record.toByteArray());
        dispatch(SIGNED, new Call.TransferAllowDeath(to(CHARLIE), eds(5)));
        assertEquals(eds(95), free(ALICE));
        assertEquals(eds(2), free(CHARLIE));
        assertEquals(List.of(new Event.Transfer(ALICE, CHARLIE, eds(5))), runtime.events());
    }

    @Test
    void aTransferCreatesTheReceiver() throws DispatchException {
        dispatch(SIGNED, new Call.TransferKeepAlive(to(CHARLIE), eds(1)));
        assertEquals(List.of(new SystemEvent.NewAccount(CHARLIE), new Event.Endowed(CHARLIE, eds(1)),
                new Event.Transfer(ALICE, CHARLIE, eds(1))), runtime.events());
        assertEquals(1, runtime.system.accounts().providers(runtime.ext, CHARLIE));
    }

    @Test
    void aTransferReapsTheSenderAndLosesItsDust() throws DispatchException {
        U128 amount = eds(10).minus(U128.of(7));
        dispatch(Origin.signed(BOB), new Call.TransferAllowDeath(to(ALICE), amount));
        assertFalse(runtime.system.accounts().exists(runtime.ext, BOB));
        assertEquals(eds(110).minus(U128.of(7)), issuance());
        assertEquals(List.of(new SystemEvent.KilledAccount(BOB), new Event.DustLost(BOB, U128.of(7)),
                new Event.Transfer(BOB, ALICE, amount)), runtime.events());
    }

    @Test
    void aTransferToOneselfDoesNothingAndATransferOfNothingIsOne() throws DispatchException {
        dispatch(SIGNED, new Call.TransferAllowDeath(to(ALICE), eds(100)));
        assertEquals(List.of(), runtime.events());
        dispatch(SIGNED, new Call.TransferAllowDeath(to(CHARLIE), U128.ZERO));
        assertEquals(List.of(new Event.Transfer(ALICE, CHARLIE, U128.ZERO)), runtime.events());
        assertFalse(runtime.system.accounts().exists(runtime.ext, CHARLIE));
    }

    @Test
    void whatCannotBeTransferredTouchesNothing() {
        assertNoop(token(TokenError.FUNDS_UNAVAILABLE), SIGNED, new Call.TransferAllowDeath(to(BOB), eds(101)));
        assertNoop(token(TokenError.BELOW_MINIMUM), SIGNED,
                new Call.TransferAllowDeath(to(CHARLIE), eds(1).minus(U128.ONE)));
        assertNoop(token(TokenError.NOT_EXPENDABLE), SIGNED, new Call.TransferKeepAlive(to(BOB), eds(100)));
        assertNoop(new DispatchError.Arithmetic(ArithmeticError.UNDERFLOW), SIGNED,
                new Call.TransferAllowDeath(to(BOB), eds(111)));
        assertNoop(new DispatchError.BadOrigin(), Origin.ROOT, new Call.TransferAllowDeath(to(BOB), eds(1)));
        assertNoop(new DispatchError.BadOrigin(), Origin.NONE,
                new Call.TransferAllowDeath(new MultiAddress.Index(), eds(1)));
        assertNoop(new DispatchError.CannotLookup(), SIGNED,
                new Call.TransferAllowDeath(new MultiAddress.Index(), eds(1)));
        assertNoop(new DispatchError.BadOrigin(), SIGNED, new Call.ForceTransfer(to(BOB), to(ALICE), eds(1)));
    }

    @Test
    void lockedBalanceStays() throws DispatchException {
        lock(ALICE, eds(40));
        assertNoop(token(TokenError.FROZEN), SIGNED, new Call.TransferAllowDeath(to(BOB), eds(61)));
        dispatch(SIGNED, new Call.TransferAllowDeath(to(BOB), eds(60)));
        assertEquals(eds(40), free(ALICE));
    }

    @Test
    void anAccountThatIsNeededDoesNotDie() throws DispatchException {
        reserve(ALICE, eds(10));
        assertEquals(1, runtime.system.accounts().consumers(runtime.ext, ALICE));
        assertNoop(token(TokenError.FROZEN), SIGNED, new Call.TransferAllowDeath(to(BOB), eds(90)));
        assertNoop(new DispatchError.ConsumerRemaining(), Origin.ROOT, new Call.ForceSetBalance(to(ALICE), U128.ZERO));
        dispatch(SIGNED, new Call.TransferAll(to(BOB), false));
        assertEquals(eds(1), free(ALICE));
    }

    @Test
    void rootTransfersForOthers() throws DispatchException {
        dispatch(Origin.ROOT, new Call.ForceTransfer(to(BOB), to(ALICE), eds(10)));
        assertEquals(eds(110), free(ALICE));
        assertEquals(List.of(new SystemEvent.KilledAccount(BOB), new Event.Transfer(BOB, ALICE, eds(10))),
                runtime.events());
    }

    @Test
    void transferAllKeepsTheExistentialDepositWhereAsked() throws DispatchException {
        dispatch(SIGNED, new Call.TransferAll(to(BOB), true));
        assertEquals(eds(1), free(ALICE));
        dispatch(SIGNED, new Call.TransferAll(to(BOB), false));
        assertFalse(runtime.system.accounts().exists(runtime.ext, ALICE));
        assertEquals(eds(110), free(BOB));
    }

    @Test
    void burningSinksTheIssuance() throws DispatchException {
        dispatch(SIGNED, new Call.Burn(eds(30), true));
        assertEquals(eds(80), issuance());
        assertEquals(List.of(new Event.Burned(ALICE, eds(30))), runtime.events());
        assertNoop(token(TokenError.FUNDS_UNAVAILABLE), SIGNED, new Call.Burn(eds(70), true));
        dispatch(SIGNED, new Call.Burn(eds(70), false));
        assertEquals(eds(10), issuance());
        assertFalse(runtime.system.accounts().exists(runtime.ext, ALICE));
        assertNoop(token(TokenError.FUNDS_UNAVAILABLE), SIGNED, new Call.Burn(eds(1), false));
    }

    @Test
    void theBalanceThatIsSetMovesTheIssuance() throws DispatchException {
        dispatch(Origin.ROOT, new Call.ForceSetBalance(to(CHARLIE), eds(7)));
        assertEquals(List.of(new SystemEvent.NewAccount(CHARLIE), new Event.Endowed(CHARLIE, eds(7)),
                new Event.Issued(eds(7)), new Event.BalanceSet(CHARLIE, eds(7))), runtime.events());
        assertEquals(eds(117), issuance());
        runtime.withoutEvents();
        dispatch(Origin.ROOT, new Call.ForceSetBalance(to(CHARLIE), eds(1).minus(U128.ONE)));
        assertEquals(List.of(new SystemEvent.KilledAccount(CHARLIE), new Event.Rescinded(eds(7)),
                new Event.BalanceSet(CHARLIE, U128.ZERO)), runtime.events());
        assertEquals(eds(110), issuance());
        assertNoop(new DispatchError.BadOrigin(), SIGNED, new Call.ForceSetBalance(to(CHARLIE), eds(7)));
    }

    @Test
    void settingNothingOfNobodySaysThatNobodyWasEndowedWithNothing() throws DispatchException {
        dispatch(Origin.ROOT, new Call.ForceSetBalance(to(CHARLIE), U128.ZERO));
        assertEquals(List.of(new Event.Endowed(CHARLIE, U128.ZERO), new Event.BalanceSet(CHARLIE, U128.ZERO)),
                runtime.events());
        assertFalse(runtime.system.accounts().exists(runtime.ext, CHARLIE));
    }

    @Test
    void rootUnreservesAsMuchAsThereIs() throws DispatchException {
        reserve(ALICE, eds(20));
        dispatch(Origin.ROOT, new Call.ForceUnreserve(to(ALICE), eds(25)));
        assertEquals(List.of(new Event.Unreserved(ALICE, eds(20))), runtime.events());
        assertEquals(AccountData.DEFAULT.withFree(eds(100)), runtime.account(ALICE));
        assertEquals(0, runtime.system.accounts().consumers(runtime.ext, ALICE));
        dispatch(Origin.ROOT, new Call.ForceUnreserve(to(CHARLIE), eds(25)));
        assertEquals(1, runtime.events().size());
    }

    @Test
    void rootForcesTheIssuanceAsFarAsItGoes() throws DispatchException {
        dispatch(Origin.ROOT, new Call.ForceAdjustTotalIssuance(AdjustmentDirection.INCREASE, U128.MAX));
        assertEquals(List.of(new Event.TotalIssuanceForced(eds(110), U128.MAX)), runtime.events());
        dispatch(Origin.ROOT, new Call.ForceAdjustTotalIssuance(AdjustmentDirection.DECREASE, U128.MAX));
        assertEquals(U128.ZERO, issuance());
        assertNoop(module(Balances.Error.DELTA_ZERO), Origin.ROOT,
                new Call.ForceAdjustTotalIssuance(AdjustmentDirection.INCREASE, U128.ZERO));
        assertNoop(new DispatchError.BadOrigin(), SIGNED,
                new Call.ForceAdjustTotalIssuance(AdjustmentDirection.INCREASE, U128.ZERO));
    }

    @Test
    void theIssuanceIsNotForcedBelowWhatIsInactive() {
        runtime.scope.slotOf(runtime.balances).scope().storage().stream()
                .filter(item -> item.item().equals("InactiveIssuance"))
                .forEach(
                        item -> runtime.ext.put(item.prefix().view(), io.vilokanam.scale.Codecs.U128.encode(eds(100))));
        assertEquals(eds(10), runtime.balances.currency().activeIssuance(runtime.ext));
        assertNoop(module(Balances.Error.ISSUANCE_DEACTIVATED), Origin.ROOT,
                new Call.ForceAdjustTotalIssuance(AdjustmentDirection.DECREASE, eds(11)));
    }

    @Test
    void oldAccountsAreUpgradedForNothingWhereNineOfTenNeededIt() throws DispatchException {
        assertEquals(PostDispatchInfo.AS_ANNOUNCED, dispatch(SIGNED, new Call.UpgradeAccounts(List.of())));
        reserve(BOB, eds(2));
        makeOld(BOB);
        runtime.system.accounts().decConsumers(runtime.ext, BOB);
        assertEquals(new PostDispatchInfo(Optional.empty(), Pays.NO),
                dispatch(SIGNED, new Call.UpgradeAccounts(List.of(BOB))));
        assertEquals(List.of(new Event.Upgraded(BOB)), runtime.events());
        assertEquals(1, runtime.system.accounts().consumers(runtime.ext, BOB), "what is reserved needs the account");
        assertEquals(PostDispatchInfo.AS_ANNOUNCED, dispatch(SIGNED, new Call.UpgradeAccounts(List.of(BOB, ALICE))));
    }

    @Test
    void anOldAccountIsUpgradedBeforeItChanges() throws DispatchException {
        makeOld(BOB);
        dispatch(Origin.signed(BOB), new Call.TransferAllowDeath(to(ALICE), eds(1)));
        assertEquals(List.of(new Event.Upgraded(BOB), new Event.Transfer(BOB, ALICE, eds(1))), runtime.events());
        assertEquals(AccountData.DEFAULT.withFree(eds(9)), runtime.account(BOB));
    }

    private void makeOld(AccountId who) throws DispatchException {
        runtime.system.accounts().tryMutateExists(runtime.ext, who, data -> {
            AccountData now = data.orElseThrow();
            return new io.vilokanam.frame.fungible.AccountStore.Changed<>(
                    Optional.of(new AccountData(now.free(), now.reserved(), now.frozen(), U128.ZERO)), now);
        });
    }

    @Test
    void callsWeighWhatTheReferenceSays() {
        assertEquals(new Weight(173_834_000, 3593),
                runtime.balances.weigh(new Call.TransferAllowDeath(to(BOB), eds(1))));
        assertEquals(new Weight(299_519_000, 6196),
                runtime.balances.weigh(new Call.ForceTransfer(to(BOB), to(BOB), eds(1))));
        assertEquals(new Weight(144_206_000, 3593), runtime.balances.weigh(new Call.ForceSetBalance(to(BOB), eds(1))));
        assertEquals(new Weight(30_219_000, 0), runtime.balances.weigh(new Call.Burn(eds(1), true)));
        assertEquals(new Weight(293_970_376, 6196),
                runtime.balances.weigh(new Call.UpgradeAccounts(List.of(ALICE, BOB))));
    }

    @Test
    void genesisRefusesPoorAndDoubledAccounts() {
        EightPallets empty = new EightPallets();
        assertThrows(IllegalArgumentException.class, () -> empty.atBlockOne(has(ALICE, 0)));
        assertThrows(IllegalArgumentException.class, () -> empty.atBlockOne(has(ALICE, 1), has(ALICE, 2)));
    }

    @Test
    void heldBalanceIsNoFreeBalance() throws DispatchException {
        runtime.balances.holds().hold(runtime.ext, HOLD, ALICE, eds(30));
        assertNoop(token(TokenError.FUNDS_UNAVAILABLE), SIGNED, new Call.TransferAllowDeath(to(BOB), eds(71)));
        assertNoop(token(TokenError.FROZEN), SIGNED, new Call.TransferAllowDeath(to(BOB), eds(70)));
        dispatch(SIGNED, new Call.TransferAllowDeath(to(BOB), eds(69)));
        assertEquals(eds(31), runtime.balances.currency().totalBalance(runtime.ext, ALICE));
    }
}
