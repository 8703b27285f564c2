package io.vilokanam.pallets.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The calls of {@link TickStream}. */
public sealed interface TickStreamCall {

    record CreateStream(U128 rate, List<Payee> payees, long freeTicks, Bytes title) implements TickStreamCall {}

    record UpdateStream(long stream, U128 rate, List<Payee> payees, long freeTicks, boolean active)
            implements
            TickStreamCall {}

    record OpenSession(long stream, U128 deposit, U128 maxRate, long maxTicks, Bytes anchor, Bytes salt,
            PublicKey sessionKey, Bytes closeHash) implements TickStreamCall {}

    record TopUp(long session, U128 amount) implements TickStreamCall {}

    record SettleBatch(Batch batch, Bytes signature) implements TickStreamCall {}

    record Claim(Entry entry) implements TickStreamCall {}

    record RequestClose(long session) implements TickStreamCall {}

    record CloseWithWord(Entry entry) implements TickStreamCall {}

    record PayAccrued(AccountId account) implements TickStreamCall {}

    record SetSettlementKey(PublicKey key, boolean registered) implements TickStreamCall {}

    record SetPlatform(AccountId account, Permill fee) implements TickStreamCall {}

    record Tip(long stream, U128 amount) implements TickStreamCall {}

    record SetTiers(long stream, List<Tier> tiers) implements TickStreamCall {}

    record Subscribe(long stream, Tier tier) implements TickStreamCall {}

    record Sponsor(long stream, U128 budget, Sponsorship.Terms terms) implements TickStreamCall {}

    record EndSponsorship(long sponsorship) implements TickStreamCall {}

    record OpenSponsored(long sponsorship, Opening opening) implements TickStreamCall {}

    record OpenGift(AccountId viewer, long validUntil, Opening opening, MultiSignature consent)
            implements
            TickStreamCall {}

    record SetSpendingLimit(Optional<U128> limit) implements TickStreamCall {}

    Variants<TickStreamCall> CALLS = Variants.of(TickStreamCall.class)
            .with(0, "create_stream", CreateStream.class,
                    struct(CreateStream::new,
                            field("rate", "BalanceOf<T>", Codecs.COMPACT_U128, CreateStream::rate),
                            field("payees", "Vec<Payee>", Codecs.vec(Payee.CODEC), CreateStream::payees),
                            field("free_ticks", "u32", Codecs.COMPACT_U32, CreateStream::freeTicks),
                            field("title", "Vec<u8>", Codecs.BYTES, CreateStream::title)),
                    "Offer a stream at `rate` plancks a tick. Without `payees` the signer gets all of it.")
            .with(1, "update_stream", UpdateStream.class,
                    struct(UpdateStream::new, field("stream", "StreamId", Codecs.COMPACT_U64, UpdateStream::stream),
                            field("rate", "BalanceOf<T>", Codecs.COMPACT_U128, UpdateStream::rate),
                            field("payees", "Vec<Payee>", Codecs.vec(Payee.CODEC), UpdateStream::payees),
                            field("free_ticks", "u32", Codecs.COMPACT_U32, UpdateStream::freeTicks),
                            field("active", "bool", Codecs.BOOL, UpdateStream::active)),
                    "Change what new sessions find. Sessions that are open keep their rate and fee.")
            .with(2, "open_session", OpenSession.class,
                    struct(OpenSession::new, field("stream", "StreamId", Codecs.COMPACT_U64, OpenSession::stream),
                            field("deposit", "BalanceOf<T>", Codecs.COMPACT_U128, OpenSession::deposit),
                            field("max_rate", "BalanceOf<T>", Codecs.COMPACT_U128, OpenSession::maxRate),
                            field("max_ticks", "u32", Codecs.COMPACT_U32, OpenSession::maxTicks),
                            field("anchor", "[u8; 32]", Codecs.fixedBytes(32), OpenSession::anchor),
                            field("salt", "[u8; 16]", Codecs.fixedBytes(16), OpenSession::salt),
                            field("session_key", "[u8; 32]", PublicKey.PLAIN, OpenSession::sessionKey),
                            field("close_hash", "[u8; 32]", Codecs.fixedBytes(32), OpenSession::closeHash)),
                    "Put `deposit` into escrow and begin to watch; `anchor` is word 0 of the viewer's hash chain.")
            .with(3, "top_up", TopUp.class,
                    struct(TopUp::new, field("session", "SessionId", Codecs.COMPACT_U64, TopUp::session),
                            field("amount", "BalanceOf<T>", Codecs.COMPACT_U128, TopUp::amount)),
                    "Add to the escrow of the signer's open session; its expiry begins anew.")
            .with(4, "settle_batch", SettleBatch.class,
                    struct(SettleBatch::new, field("batch", "Batch", Batch.CODEC, SettleBatch::batch),
                            field("signature", "sr25519::Signature", Codecs.fixedBytes(64), SettleBatch::signature)),
                    "Settle many sessions. Unsigned; the payload is signed by a registered settlement key.")
            .with(5, "claim", Claim.class, struct(Claim::new, field("entry", "Entry", Entry.CODEC, Claim::entry)),
                    "Settle one session, should workers not do it. Anyone may; only the payees are paid.")
            .with(6, "request_close", RequestClose.class,
                    struct(RequestClose::new, field("session", "SessionId", Codecs.COMPACT_U64, RequestClose::session)),
                    "The viewer ends the session; newer words settle until the challenge window is over.")
            .with(7, "close_with_word", CloseWithWord.class,
                    struct(CloseWithWord::new, field("entry", "Entry", Entry.CODEC, CloseWithWord::entry)),
                    "A payee settles the last word and ends the session at once.")
            .with(8, "pay_accrued", PayAccrued.class,
                    struct(PayAccrued::new, field("account", "AccountId", AccountId.CODEC, PayAccrued::account)),
                    "Pay out what waits for an account that could not be paid before. Anyone may.")
            .with(9, "set_settlement_key", SetSettlementKey.class,
                    struct(SetSettlementKey::new, field("key", "SettlementKey", Batch.KEY_CODEC, SetSettlementKey::key),
                            field("registered", "bool", Codecs.BOOL, SetSettlementKey::registered)),
                    "Register or revoke a settlement key. Governance only.")
            .with(10, "set_platform", SetPlatform.class,
                    struct(SetPlatform::new, field("account", "AccountId", AccountId.CODEC, SetPlatform::account),
                            field("fee", "Permill", Permill.CODEC, SetPlatform::fee)),
                    "Set who takes the platform's share and how large it is for new sessions. Governance only.")
            .with(11, "tip", Tip.class,
                    struct(Tip::new, field("stream", "StreamId", Codecs.COMPACT_U64, Tip::stream),
                            field("amount", "BalanceOf<T>", Codecs.COMPACT_U128, Tip::amount)),
                    "Give `amount` to the payees of a stream, less the platform's share of tips.")
            .with(12, "set_tiers", SetTiers.class,
                    struct(SetTiers::new, field("stream", "StreamId", Codecs.COMPACT_U64, SetTiers::stream),
                            field("tiers", "Vec<Tier>", Codecs.vec(Tier.CODEC), SetTiers::tiers)),
                    "Set what subscriptions to the signer's stream can be bought. Those that were bought stay as they are.")
            .with(13, "subscribe", Subscribe.class,
                    struct(Subscribe::new, field("stream", "StreamId", Codecs.COMPACT_U64, Subscribe::stream),
                            field("tier", "Tier", Tier.CODEC, Subscribe::tier)),
                    "Buy a subscription that is offered exactly so: sessions opened before it expires have a lower rate.")
            .with(14, "sponsor", Sponsor.class,
                    struct(Sponsor::new, field("stream", "StreamId", Codecs.COMPACT_U64, Sponsor::stream),
                            field("budget", "BalanceOf<T>", Codecs.COMPACT_U128, Sponsor::budget),
                            field("terms", "SponsorshipTerms", Sponsorship.Terms.CODEC, Sponsor::terms)),
                    "Pay the first ticks of viewers of a stream, as long as `budget` lasts.")
            .with(15, "end_sponsorship", EndSponsorship.class,
                    struct(EndSponsorship::new, field("sponsorship", "SponsorshipId", Codecs.COMPACT_U64,
                            EndSponsorship::sponsorship)),
                    "The sponsor takes back what is not set aside for sessions.")
            .with(16, "open_sponsored", OpenSponsored.class,
                    struct(OpenSponsored::new,
                            field("sponsorship", "SponsorshipId", Codecs.COMPACT_U64, OpenSponsored::sponsorship),
                            field("opening", "Opening", Opening.CODEC, OpenSponsored::opening)),
                    "Open a session whose first ticks a sponsor pays.")
            .with(17, "open_gift", OpenGift.class,
                    struct(OpenGift::new, field("viewer", "T::AccountId", AccountId.CODEC, OpenGift::viewer),
                            field("valid_until", "BlockNumberFor<T>", Codecs.COMPACT_U32, OpenGift::validUntil),
                            field("opening", "Opening", Opening.CODEC, OpenGift::opening),
                            field("consent", "MultiSignature", MultiSignature.CODEC, OpenGift::consent)),
                    "Open and pay a session for a viewer who agreed to it. What is left goes back to the signer.")
            .with(18, "set_spending_limit", SetSpendingLimit.class,
                    struct(SetSpendingLimit::new, field("limit", "Option<BalanceOf<T>>", Codecs.option(Codecs.U128),
                            SetSpendingLimit::limit)),
                    "Limit what the signer can spend on streams in a day. A lower limit holds at once, a higher one or none in a day.")
            .complete();
}
