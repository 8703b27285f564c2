package io.vilokanam.pallets.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
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

    /** A 32-byte key of any kind, as plain bytes. */
    Codec<PublicKey> PLAIN_KEY = Codecs.mapped(Codecs.fixedBytes(32), Codecs.fixedBytes(32).type(), PublicKey::new,
            PublicKey::bytes);

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
                            field("session_key", "[u8; 32]", PLAIN_KEY, OpenSession::sessionKey),
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
            .complete();
}
