package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;
import static io.vilokanam.frame.weights.DbWeight.ROCKS_DB;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;
import java.util.function.BiPredicate;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/**
 * The rules of streams that governance changes: how entries settle and sessions end, and how much a payee may earn in a year
 * without being known. A payout that would go beyond that waits in {@code Held}, in the pot; it is paid once a registrar vouches
 * for the payee, or in a later year up to the limit, or when the rule is lifted. Without a limit, as a chain begins, nothing is
 * counted. Claims, closes and refunds go on whatever the rules are: only payouts to payees wait.
 */
public final class StreamRules implements Pallet<StreamRules.Call>, StreamGovernance {

    /**
     * @param pot the account that holds all escrow and what waits
     * @param limits what holds until governance says otherwise
     * @param governance who changes the rules
     * @param isKnown whether a registrar vouches for an account
     */
    public record Config(AccountId pot, Settings.Limits limits, EnsureOrigin governance,
            BiPredicate<Externalities, AccountId> isKnown) {}

    public sealed interface Call {
        record SetLimits(long leadMax, long challengeBlocks, long expiryBlocks) implements Call {}

        record SetYearlyPayout(Optional<U128> limit) implements Call {}

        record PayHeld(AccountId account) implements Call {}
    }

    public sealed interface Event {
        record LimitsSet(Settings.Limits limits) implements Event {}

        record YearlyPayoutSet(Optional<U128> limit) implements Event {}

        record PayoutHeld(AccountId account, U128 amount) implements Event {}

        record HeldPaid(AccountId account, U128 amount) implements Event {}
    }

    public enum Error implements PalletError {
        BAD_LIMITS, NOTHING_HELD, JUDGEMENT_NEEDED
    }

    /** What an account was paid in a year: the plancks count only within it. */
    private record Earned(long year, U128 amount) {

        private static final Codec<Earned> CODEC = struct(Earned::new, field("year", "u32", Codecs.U32, Earned::year),
                field("amount", "Balance", Codecs.U128, Earned::amount))
                .named("pallet_stream_rules::Earned");
        private static final Earned NOTHING = new Earned(0, U128.ZERO);
    }

    private static final Codec<Optional<U128>> LIMIT = Codecs.option(Codecs.U128);

    private static final Variants<Call> CALLS = Variants.of(Call.class)
            .with(0, "set_limits", Call.SetLimits.class,
                    struct(Call.SetLimits::new, field("lead_max", "u32", Codecs.U32, Call.SetLimits::leadMax),
                            field("challenge_blocks", "BlockNumberFor<T>", Codecs.U32, Call.SetLimits::challengeBlocks),
                            field("expiry_blocks", "BlockNumberFor<T>", Codecs.U32, Call.SetLimits::expiryBlocks)),
                    "Set how far entries may be ahead of time, and how long windows and sessions last. Governance only.")
            .with(1, "set_yearly_payout", Call.SetYearlyPayout.class,
                    struct(Call.SetYearlyPayout::new,
                            field("limit", "Option<BalanceOf<T>>", LIMIT, Call.SetYearlyPayout::limit)),
                    "Set how much a payee may earn in a year unless a registrar vouches for it, or lift that. Governance only.")
            .with(2, "pay_held", Call.PayHeld.class,
                    struct(Call.PayHeld::new, field("account", "T::AccountId", AccountId.CODEC, Call.PayHeld::account)),
                    "Pay what waited for an account, as far as it may be paid by now. Anyone may.")
            .complete();

    private static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "LimitsSet", Event.LimitsSet.class,
                    struct(Event.LimitsSet::new,
                            field("limits", "Limits", Settings.Limits.CODEC, Event.LimitsSet::limits)),
                    "How entries settle and sessions end from now on.")
            .with(1, "YearlyPayoutSet", Event.YearlyPayoutSet.class,
                    struct(Event.YearlyPayoutSet::new,
                            field("limit", "Option<BalanceOf<T>>", LIMIT, Event.YearlyPayoutSet::limit)),
                    "How much a payee may earn in a year unless a registrar vouches for it.")
            .with(2, "PayoutHeld", Event.PayoutHeld.class,
                    struct(Event.PayoutHeld::new,
                            field("account", "T::AccountId", AccountId.CODEC, Event.PayoutHeld::account),
                            field("amount", "BalanceOf<T>", Codecs.U128, Event.PayoutHeld::amount)),
                    "A payout waits for a registrar to vouch for the payee.")
            .with(3, "HeldPaid", Event.HeldPaid.class,
                    struct(Event.HeldPaid::new,
                            field("account", "T::AccountId", AccountId.CODEC, Event.HeldPaid::account),
                            field("amount", "BalanceOf<T>", Codecs.U128, Event.HeldPaid::amount)),
                    "What waited for a payee was paid.")
            .complete();

    private static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "BadLimits", Error.BAD_LIMITS,
                    "Entries lead by at most 300 ticks; windows have 5 to 43,200 blocks, sessions as many and at most a year.")
            .with(1, "NothingHeld", Error.NOTHING_HELD, "Nothing waits for this account.")
            .with(2, "JudgementNeeded", Error.JUDGEMENT_NEEDED,
                    "The account has earned what it may this year until a registrar vouches for it.")
            .complete();

    private static final long LEAD_MAX = 300;
    private static final long CHALLENGE_MIN = 5;
    private static final long CHALLENGE_MAX = 43_200;
    private static final long EXPIRY_MAX = 365 * CHALLENGE_MAX;
    /** Milliseconds of a mean Gregorian year: years are counted from 1970. */
    private static final long YEAR = 31_556_952_000L;

    private final Config config;
    private final BlockTime time;
    private final Fungible currency;
    private final StorageValue<Settings.Limits> limits;
    private final StorageValue<U128> yearlyPayout;
    private final StorageMap<AccountId, Earned> earned;
    private final StorageMap<AccountId, U128> held;
    private final EventSink<Event> events;

    public StreamRules(PalletScope scope, Config config, BlockTime time, Fungible currency) {
        this.config = config;
        this.time = time;
        this.currency = currency;
        limits = scope.value("Limits", Settings.Limits.CODEC, config.limits, "How entries settle and sessions end.");
        yearlyPayout = scope.optionalValue("YearlyPayout", Codecs.U128,
                "How much a payee may earn in a year unless a registrar vouches for it; no rule where nothing is stored.");
        earned = scope.map("EarnedInYear", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, Earned.CODEC, Earned.NOTHING,
                "What payees were paid in the year in which they were last paid, while there is a limit.");
        held = scope.map("Held", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, Codecs.U128, U128.ZERO,
                "Payouts that wait, in the pot of the streams.");
        scope.calls(CALLS, "pallet_stream_rules::pallet::Call", "T");
        events = scope.events(EVENTS, "pallet_stream_rules::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_stream_rules::pallet::Error", "T");
    }

    @Override
    public Weight weigh(Call call) {
        Weight base = TickStreamWeights.settings();
        return switch (call) {
            case Call.SetLimits _,Call.SetYearlyPayout _ -> base;
            // The rule, what was earned, the identity, what waits; then the pot and the account.
            case Call.PayHeld _ -> base.plus(ROCKS_DB.readsWrites(5, 4));
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        switch (call) {
            case Call.SetLimits set -> {
                config.governance.ensure(ext, origin);
                setLimits(ext, set);
            }
            case Call.SetYearlyPayout(var limit) -> {
                config.governance.ensure(ext, origin);
                limit.ifPresentOrElse(amount -> yearlyPayout.put(ext, amount), () -> yearlyPayout.kill(ext));
                events.deposit(ext, new Event.YearlyPayoutSet(limit));
            }
            case Call.PayHeld(var account) -> {
                origin.ensureSigned();
                payHeld(ext, account);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** What proves a tick and how much of a chain is hashed at once is not for governance: words already released rely on it. */
    private void setLimits(Externalities ext, Call.SetLimits set) throws DispatchException {
        ensure(set.leadMax <= LEAD_MAX && set.challengeBlocks >= CHALLENGE_MIN && set.challengeBlocks <= CHALLENGE_MAX
                && set.expiryBlocks >= set.challengeBlocks && set.expiryBlocks <= EXPIRY_MAX, Error.BAD_LIMITS);
        Settings.Limits changed = new Settings.Limits(config.limits.tickMillis(), config.limits.stepMax(), set.leadMax,
                set.challengeBlocks, set.expiryBlocks);
        limits.put(ext, changed);
        events.deposit(ext, new Event.LimitsSet(changed));
    }

    private void payHeld(Externalities ext, AccountId account) throws DispatchException {
        U128 waiting = held.get(ext, account);
        ensure(!waiting.isZero(), Error.NOTHING_HELD);
        Optional<U128> limit = yearlyPayout.find(ext);
        U128 before = earnedThisYear(ext, account);
        U128 now = limit.isEmpty() || config.isKnown.test(ext, account) ? waiting
                : waiting.min(limit.get().saturatingMinus(before));
        ensure(!now.isZero(), Error.JUDGEMENT_NEEDED);
        if (limit.isPresent()) {
            note(ext, account, before.saturatingPlus(now));
        }
        if (now.equals(waiting)) {
            held.remove(ext, account);
        } else {
            held.put(ext, account, waiting.minus(now));
        }
        currency.transfer(ext, config.pot, account, now, Preservation.PRESERVE);
        events.deposit(ext, new Event.HeldPaid(account, now));
    }

    @Override
    public Settings.Limits limits(Externalities ext) {
        return limits.get(ext);
    }

    /** A payout is paid or held as a whole: what that may cost has to fit beside a full batch. */
    @Override
    public U128 admit(Externalities ext, AccountId payee, U128 amount) {
        Optional<U128> limit = yearlyPayout.find(ext);
        if (limit.isEmpty() || amount.isZero()) {
            return amount;
        }
        U128 sum = earnedThisYear(ext, payee).saturatingPlus(amount);
        if (sum.isMoreThan(limit.get()) && !config.isKnown.test(ext, payee)) {
            held.put(ext, payee, held.get(ext, payee).saturatingPlus(amount));
            events.deposit(ext, new Event.PayoutHeld(payee, amount));
            return U128.ZERO;
        }
        note(ext, payee, sum);
        return amount;
    }

    private U128 earnedThisYear(Externalities ext, AccountId payee) {
        Earned last = earned.get(ext, payee);
        return last.year == year(ext) ? last.amount : U128.ZERO;
    }

    private void note(Externalities ext, AccountId payee, U128 sum) {
        earned.put(ext, payee, new Earned(year(ext), sum));
    }

    private long year(Externalities ext) {
        return time.now(ext) / YEAR;
    }

    /** What waits for an account until a registrar vouches for it. */
    public U128 heldFor(Externalities ext, AccountId account) {
        return held.get(ext, account);
    }

    @Override
    public U128 held(Externalities ext) {
        U128 sum = U128.ZERO;
        for (var entry : held.entries(ext)) {
            sum = sum.plus(entry.value());
        }
        return sum;
    }

    /**
     * Beyond what a payment costs anyway, a payout reads and writes what was earned, and reads the identity where that is above the
     * limit. One that is held reads and writes what waits instead, and leaves the account alone.
     */
    @Override
    public Weight weight(long payouts) {
        return ROCKS_DB.reads(2).plus(ROCKS_DB.readsWrites(2 * payouts, payouts));
    }
}
