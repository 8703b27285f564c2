package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Day;
import io.vilokanam.primitives.tickstream.SpendingLimit;
import io.vilokanam.scale.U128;

/**
 * How much accounts let themselves spend in a day on sessions, gifts, tips, subscriptions and sponsorships together. Lowering a
 * limit holds at once, raising it a day later. What comes back makes room again on the day on which it does: on no day does more
 * go out than the limit beyond what comes in.
 */
final class SpendingLimits {

    private final BlockTime time;
    private final StorageMap<AccountId, SpendingLimit> limits;
    private final EventSink<TickStreamEvent> events;

    SpendingLimits(PalletScope scope, BlockTime time, EventSink<TickStreamEvent> events) {
        this.time = time;
        this.events = events;
        limits = scope.optionalMap("SpendingLimits", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, SpendingLimit.CODEC,
                "How much accounts let themselves spend in a day; none where nothing is stored.");
    }

    /** Empty for none. */
    void set(Externalities ext, AccountId who, Optional<U128> asked) {
        long now = time.now(ext);
        Optional<SpendingLimit> present = find(ext, who);
        boolean isRaise = present.isPresent() && (asked.isEmpty() || asked.get().isMoreThan(present.get().limit()));
        long from = isRaise ? now + Day.MILLIS : now;
        if (isRaise) {
            limits.put(ext, who, present.get().raised(new SpendingLimit.Raise(asked, from)));
        } else if (asked.isPresent()) {
            SpendingLimit lowered = present.map(limit -> limit.lowered(asked.get()))
                    .orElseGet(() -> SpendingLimit.of(asked.get()));
            limits.put(ext, who, lowered);
        } else {
            limits.remove(ext, who);
        }
        events.deposit(ext, new TickStreamEvent.SpendingLimitSet(who, asked, from));
    }

    /** What holds now; empty where nothing does. */
    Optional<SpendingLimit> find(Externalities ext, AccountId who) {
        return limits.find(ext, who).flatMap(limit -> limit.at(time.now(ext)));
    }

    void spend(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        Optional<SpendingLimit> limit = find(ext, who);
        if (limit.isPresent()) {
            ensure(!amount.isMoreThan(limit.get().left()), TickStreamError.SPENDING_LIMIT);
            limits.put(ext, who, limit.get().withSpent(limit.get().spent().plus(amount)));
        }
    }

    void comesBack(Externalities ext, AccountId who, U128 amount) {
        find(ext, who).ifPresent(
                limit -> limits.put(ext, who, limit.withSpent(limit.spent().saturatingMinus(amount))));
    }
}
