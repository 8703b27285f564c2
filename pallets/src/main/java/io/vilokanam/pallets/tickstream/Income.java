package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.U128;

/** Pays out of the pot what streams earn, to their payees, and the platform's share of it. */
final class Income {

    private final Pot pot;
    private final StorageValue<AccountId> platform;
    private final StorageValue<Permill> fee;
    private final EventSink<TickStreamEvent> events;

    Income(PalletScope scope, Pot pot, EventSink<TickStreamEvent> events) {
        this.pot = pot;
        this.events = events;
        platform = scope.value("Platform", AccountId.CODEC, AccountId.ZERO, "Who takes the platform's share.");
        fee = scope.value("Fee", Permill.CODEC, new Permill(0), "The platform's share of what new sessions pay.");
    }

    boolean isSet(Externalities ext) {
        return platform.exists(ext);
    }

    void set(Externalities ext, AccountId account, Permill share) throws DispatchException {
        ensure(share.parts() <= Permill.ONE, TickStreamError.BAD_FEE);
        // What the pot paid to itself would belong to nobody.
        ensure(!account.equals(pot.account()), TickStreamError.BAD_PAYEES);
        put(ext, account, share);
        events.deposit(ext, new TickStreamEvent.PlatformSet(account, share));
    }

    void put(Externalities ext, AccountId account, Permill share) {
        platform.put(ext, account);
        fee.put(ext, share);
    }

    AccountId platform(Externalities ext) {
        return platform.get(ext);
    }

    Permill fee(Externalities ext) {
        return fee.get(ext);
    }

    void payStream(Externalities ext, long id, Stream stream, U128 amount) {
        if (!amount.isZero()) {
            pot.payOut(ext, stream.payees(), amount);
            events.deposit(ext, new TickStreamEvent.StreamPaid(id, amount));
        }
    }

    /** Pays what somebody put into the pot for a stream at once: the platform's share, rounded down, and the rest. */
    U128 split(Externalities ext, long id, Stream stream, U128 gross, Permill share) {
        U128 part = share.of(gross);
        payStream(ext, id, stream, gross.minus(part));
        payPlatform(ext, part);
        return part;
    }

    void payPlatform(Externalities ext, U128 amount) {
        if (!amount.isZero()) {
            pot.pay(ext, platform.get(ext), amount);
            events.deposit(ext, new TickStreamEvent.PlatformPaid(amount));
        }
    }
}
