package io.vilokanam.pallets.tickstream;

import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.fungible.DepositConsequence;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.Provenance;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * The account that holds all escrow. What cannot be paid out at once waits in {@code accrued}: a payment never fails the
 * settlement that it belongs to. The pot holds exactly all escrow, the sponsors' pots, all that waits here or is held by
 * {@link StreamGovernance}, and the existential deposit that it began with.
 */
final class Pot {

    private final AccountId account;
    private final StreamGovernance governance;
    private final SpendingLimits limits;
    private final Fungible currency;
    private final StorageMap<AccountId, U128> accrued;
    private final EventSink<TickStreamEvent> events;

    Pot(PalletScope scope, AccountId account, StreamGovernance governance, SpendingLimits limits, Fungible currency,
            EventSink<TickStreamEvent> events) {
        this.account = account;
        this.governance = governance;
        this.limits = limits;
        this.currency = currency;
        accrued = scope.map("Accrued", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, Codecs.U128, U128.ZERO,
                "What waits for accounts that could not be paid.");
        this.events = events;
    }

    AccountId account() {
        return account;
    }

    /** Lets the pot's account come into being, unless somebody gave it that much already. */
    void open(Externalities ext) {
        U128 missing = currency.minimumBalance().saturatingMinus(currency.balance(ext, account));
        if (!missing.isZero() && !StorageLayer.attempt(ext, () -> currency.mintInto(ext, account, missing))) {
            throw new RuntimePanic("the pot " + account + " did not take its existential deposit");
        }
    }

    /** Takes what somebody spends, who stays alive and within the limit of the day. */
    void collect(Externalities ext, AccountId from, U128 amount) throws DispatchException {
        limits.spend(ext, from, amount);
        currency.transfer(ext, from, account, amount, Preservation.PRESERVE);
    }

    /** Pays back what was spent and not used. */
    void giveBack(Externalities ext, AccountId to, U128 amount) {
        if (!amount.isZero()) {
            limits.comesBack(ext, to, amount);
        }
        pay(ext, to, amount);
    }

    /** Pays what is due now together with what waits; where the account cannot be paid, all of it waits on. */
    void pay(Externalities ext, AccountId to, U128 amount) {
        U128 waiting = accrued.get(ext, to);
        U128 total = amount.plus(waiting);
        if (total.isZero()) {
            return;
        }
        if (transfers(ext, to, total)) {
            if (!waiting.isZero()) {
                accrued.remove(ext, to);
                events.deposit(ext, new TickStreamEvent.AccruedPaid(to, waiting));
            }
        } else if (!amount.isZero()) {
            accrued.put(ext, to, total);
            events.deposit(ext, new TickStreamEvent.Accrued(to, amount));
        }
    }

    private boolean transfers(Externalities ext, AccountId to, U128 amount) {
        return currency.canDeposit(ext, to, amount, Provenance.EXTANT) == DepositConsequence.SUCCESS && StorageLayer
                .attempt(ext, () -> currency.transfer(ext, account, to, amount, Preservation.PRESERVE));
    }

    /** Splits an amount by the payees' shares, each rounded down; the last one gets the rest. */
    void payOut(Externalities ext, List<Payee> payees, U128 amount) {
        U128 left = amount;
        for (int i = 0; i < payees.size(); i++) {
            boolean isLast = i == payees.size() - 1;
            U128 part = isLast ? left : payees.get(i).share().of(amount);
            left = left.minus(part);
            AccountId payee = payees.get(i).account();
            pay(ext, payee, governance.admit(ext, payee, part));
        }
    }

    U128 waitingFor(Externalities ext, AccountId who) {
        return accrued.get(ext, who);
    }

    /** All that waits for accounts that could not be paid. */
    U128 waiting(Externalities ext) {
        U128 sum = U128.ZERO;
        for (var entry : accrued.entries(ext)) {
            sum = sum.plus(entry.value());
        }
        return sum;
    }

    /** What is in the pot beyond the existential deposit that it began with. */
    U128 holds(Externalities ext) {
        return currency.balance(ext, account).saturatingMinus(currency.minimumBalance());
    }
}
