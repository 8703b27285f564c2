package io.vilokanam.pallets.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Funding;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of {@link TickStream}. Amounts are plancks. */
public sealed interface TickStreamEvent {

    record StreamCreated(long stream, AccountId creator, U128 rate) implements TickStreamEvent {}

    record StreamUpdated(long stream, U128 rate, boolean active) implements TickStreamEvent {}

    record SessionOpened(long session, long stream, AccountId viewer, U128 rate, U128 deposit)
            implements TickStreamEvent {}

    record ToppedUp(long session, U128 amount) implements TickStreamEvent {}

    record Settled(long session, long ticks, U128 gross, U128 fee) implements TickStreamEvent {}

    record EntrySkipped(long session, SkipReason reason) implements TickStreamEvent {}

    record StreamPaid(long stream, U128 amount) implements TickStreamEvent {}

    record PlatformPaid(U128 amount) implements TickStreamEvent {}

    record BatchSettled(PublicKey key, long nonce, long settled, long skipped) implements TickStreamEvent {}

    record CloseRequested(long session, long until) implements TickStreamEvent {}

    record SessionClosed(long session, long ticks, U128 charged, U128 refunded) implements TickStreamEvent {}

    record Accrued(AccountId account, U128 amount) implements TickStreamEvent {}

    record AccruedPaid(AccountId account, U128 amount) implements TickStreamEvent {}

    record SettlementKeySet(PublicKey key, boolean registered) implements TickStreamEvent {}

    record PlatformSet(AccountId account, Permill fee) implements TickStreamEvent {}

    record Tipped(long stream, AccountId from, U128 amount, U128 fee) implements TickStreamEvent {}

    record TiersSet(long stream, List<Tier> tiers) implements TickStreamEvent {}

    record Subscribed(long stream, AccountId viewer, Tier tier, long expiresAt) implements TickStreamEvent {}

    record SponsorshipOpened(long sponsorship, long stream, AccountId sponsor, U128 budget, Sponsorship.Terms terms)
            implements
            TickStreamEvent {}

    record SponsorshipEnded(long sponsorship, U128 returned) implements TickStreamEvent {}

    record SessionFunded(long session, Funding funding) implements TickStreamEvent {}

    record ReserveReturned(long session, long sponsorship, U128 amount) implements TickStreamEvent {}

    record SpendingLimitSet(AccountId account, Optional<U128> limit, long from) implements TickStreamEvent {}

    Variants<TickStreamEvent> EVENTS = Variants.of(TickStreamEvent.class)
            .with(0, "StreamCreated", StreamCreated.class,
                    struct(StreamCreated::new, field("stream", "StreamId", Codecs.U64, StreamCreated::stream),
                            field("creator", "T::AccountId", AccountId.CODEC, StreamCreated::creator),
                            field("rate", "BalanceOf<T>", Codecs.U128, StreamCreated::rate)),
                    "A stream is offered.")
            .with(1, "StreamUpdated", StreamUpdated.class,
                    struct(StreamUpdated::new, field("stream", "StreamId", Codecs.U64, StreamUpdated::stream),
                            field("rate", "BalanceOf<T>", Codecs.U128, StreamUpdated::rate),
                            field("active", "bool", Codecs.BOOL, StreamUpdated::active)),
                    "What new sessions find has changed.")
            .with(2, "SessionOpened", SessionOpened.class,
                    struct(SessionOpened::new, field("session", "SessionId", Codecs.U64, SessionOpened::session),
                            field("stream", "StreamId", Codecs.U64, SessionOpened::stream),
                            field("viewer", "T::AccountId", AccountId.CODEC, SessionOpened::viewer),
                            field("rate", "BalanceOf<T>", Codecs.U128, SessionOpened::rate),
                            field("deposit", "BalanceOf<T>", Codecs.U128, SessionOpened::deposit)),
                    "A viewer begins to watch.")
            .with(3, "ToppedUp", ToppedUp.class,
                    struct(ToppedUp::new, field("session", "SessionId", Codecs.U64, ToppedUp::session),
                            field("amount", "BalanceOf<T>", Codecs.U128, ToppedUp::amount)),
                    "A session's escrow has grown.")
            .with(4, "Settled", Settled.class,
                    struct(Settled::new, field("session", "SessionId", Codecs.U64, Settled::session),
                            field("ticks", "u32", Codecs.U32, Settled::ticks),
                            field("gross", "BalanceOf<T>", Codecs.U128, Settled::gross),
                            field("fee", "BalanceOf<T>", Codecs.U128, Settled::fee)),
                    "So many ticks of a session are paid; `gross` is what came to be due now, `fee` of it is the platform's.")
            .with(5, "EntrySkipped", EntrySkipped.class,
                    struct(EntrySkipped::new, field("session", "SessionId", Codecs.U64, EntrySkipped::session),
                            field("reason", "SkipReason", SkipReason.CODEC, EntrySkipped::reason)),
                    "An entry of a batch did not settle.")
            .with(6, "StreamPaid", StreamPaid.class,
                    struct(StreamPaid::new, field("stream", "StreamId", Codecs.U64, StreamPaid::stream),
                            field("amount", "BalanceOf<T>", Codecs.U128, StreamPaid::amount)),
                    "The payees of a stream were paid.")
            .with(7, "PlatformPaid", PlatformPaid.class,
                    struct(PlatformPaid::new, field("amount", "BalanceOf<T>", Codecs.U128, PlatformPaid::amount)),
                    "The platform was paid.")
            .with(8, "BatchSettled", BatchSettled.class,
                    struct(BatchSettled::new, field("key", "SettlementKey", Batch.KEY_CODEC, BatchSettled::key),
                            field("nonce", "u64", Codecs.U64, BatchSettled::nonce),
                            field("settled", "u32", Codecs.U32, BatchSettled::settled),
                            field("skipped", "u32", Codecs.U32, BatchSettled::skipped)),
                    "A batch was worked off.")
            .with(9, "CloseRequested", CloseRequested.class,
                    struct(CloseRequested::new, field("session", "SessionId", Codecs.U64, CloseRequested::session),
                            field("until", "BlockNumberFor<T>", Codecs.U32, CloseRequested::until)),
                    "A session is closing; newer words settle until the block given.")
            .with(10, "SessionClosed", SessionClosed.class,
                    struct(SessionClosed::new, field("session", "SessionId", Codecs.U64, SessionClosed::session),
                            field("ticks", "u32", Codecs.U32, SessionClosed::ticks),
                            field("charged", "BalanceOf<T>", Codecs.U128, SessionClosed::charged),
                            field("refunded", "BalanceOf<T>", Codecs.U128, SessionClosed::refunded)),
                    "A session is over; the rest of the escrow went back to who paid it.")
            .with(11, "Accrued", Accrued.class,
                    struct(Accrued::new, field("account", "T::AccountId", AccountId.CODEC, Accrued::account),
                            field("amount", "BalanceOf<T>", Codecs.U128, Accrued::amount)),
                    "An amount waits for an account that cannot be paid yet.")
            .with(12, "AccruedPaid", AccruedPaid.class,
                    struct(AccruedPaid::new, field("account", "T::AccountId", AccountId.CODEC, AccruedPaid::account),
                            field("amount", "BalanceOf<T>", Codecs.U128, AccruedPaid::amount)),
                    "What waited for an account was paid.")
            .with(13, "SettlementKeySet", SettlementKeySet.class,
                    struct(SettlementKeySet::new, field("key", "SettlementKey", Batch.KEY_CODEC, SettlementKeySet::key),
                            field("registered", "bool", Codecs.BOOL, SettlementKeySet::registered)),
                    "A settlement key was registered or revoked.")
            .with(14, "PlatformSet", PlatformSet.class,
                    struct(PlatformSet::new, field("account", "T::AccountId", AccountId.CODEC, PlatformSet::account),
                            field("fee", "Permill", Permill.CODEC, PlatformSet::fee)),
                    "The platform's account and share for new sessions.")
            .with(15, "Tipped", Tipped.class,
                    struct(Tipped::new, field("stream", "StreamId", Codecs.U64, Tipped::stream),
                            field("from", "T::AccountId", AccountId.CODEC, Tipped::from),
                            field("amount", "BalanceOf<T>", Codecs.U128, Tipped::amount),
                            field("fee", "BalanceOf<T>", Codecs.U128, Tipped::fee)),
                    "Somebody gave `amount` to a stream; `fee` of it is the platform's.")
            .with(16, "TiersSet", TiersSet.class,
                    struct(TiersSet::new, field("stream", "StreamId", Codecs.U64, TiersSet::stream),
                            field("tiers", "Vec<Tier>", Codecs.vec(Tier.CODEC), TiersSet::tiers)),
                    "What subscriptions to a stream can be bought.")
            .with(17, "Subscribed", Subscribed.class,
                    struct(Subscribed::new, field("stream", "StreamId", Codecs.U64, Subscribed::stream),
                            field("viewer", "T::AccountId", AccountId.CODEC, Subscribed::viewer),
                            field("tier", "Tier", Tier.CODEC, Subscribed::tier),
                            field("expires_at", "Moment", Codecs.U64, Subscribed::expiresAt)),
                    "A viewer bought a subscription.")
            .with(18, "SponsorshipOpened", SponsorshipOpened.class,
                    struct(SponsorshipOpened::new,
                            field("sponsorship", "SponsorshipId", Codecs.U64, SponsorshipOpened::sponsorship),
                            field("stream", "StreamId", Codecs.U64, SponsorshipOpened::stream),
                            field("sponsor", "T::AccountId", AccountId.CODEC, SponsorshipOpened::sponsor),
                            field("budget", "BalanceOf<T>", Codecs.U128, SponsorshipOpened::budget),
                            field("terms", "SponsorshipTerms", Sponsorship.Terms.CODEC, SponsorshipOpened::terms)),
                    "A sponsor pays the first ticks of viewers of a stream.")
            .with(19, "SponsorshipEnded", SponsorshipEnded.class,
                    struct(SponsorshipEnded::new,
                            field("sponsorship", "SponsorshipId", Codecs.U64, SponsorshipEnded::sponsorship),
                            field("returned", "BalanceOf<T>", Codecs.U128, SponsorshipEnded::returned)),
                    "A sponsor took back what was not set aside for sessions.")
            .with(20, "SessionFunded", SessionFunded.class,
                    struct(SessionFunded::new, field("session", "SessionId", Codecs.U64, SessionFunded::session),
                            field("funding", "Funding", Funding.CODEC, SessionFunded::funding)),
                    "Somebody pays for a session besides its viewer.")
            .with(21, "ReserveReturned", ReserveReturned.class,
                    struct(ReserveReturned::new, field("session", "SessionId", Codecs.U64, ReserveReturned::session),
                            field("sponsorship", "SponsorshipId", Codecs.U64, ReserveReturned::sponsorship),
                            field("amount", "BalanceOf<T>", Codecs.U128, ReserveReturned::amount)),
                    "What a sponsor had set aside for a session and was not watched went back.")
            .with(22, "SpendingLimitSet", SpendingLimitSet.class,
                    struct(SpendingLimitSet::new,
                            field("account", "T::AccountId", AccountId.CODEC, SpendingLimitSet::account),
                            field("limit", "Option<BalanceOf<T>>", Codecs.option(Codecs.U128), SpendingLimitSet::limit),
                            field("from", "Moment", Codecs.U64, SpendingLimitSet::from)),
                    "How much an account lets itself spend in a day, from a moment on.")
            .complete();
}
