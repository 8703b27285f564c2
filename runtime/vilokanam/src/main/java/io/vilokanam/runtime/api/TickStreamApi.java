package io.vilokanam.runtime.api;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongBiFunction;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.extrinsic.ExtrinsicFormat;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Offer;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionAccount;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.SpendingLimit;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Subscription;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What collectors, settlers and viewers ask of tick-stream; through it they need not know how the pallet stores things. */
public final class TickStreamApi {

    /** How many sessions may be asked for at once. */
    private static final int SESSIONS_MAX = 4_096;

    private static final int SIGNED_V4 = 0x84;
    private static final byte[] MORTAL = {0x05, 0x00};
    private static final int WITHOUT_METADATA_HASH = 0;

    /** What a viewer asks about. */
    private static final Codec<TickStream.Asked> ASKED = struct(TickStream.Asked::new,
            field("stream", "StreamId", Codecs.U64, TickStream.Asked::stream),
            field("deposit", "Balance", Codecs.U128, TickStream.Asked::deposit),
            field("sponsorship", "Option<SponsorshipId>", Codecs.option(Codecs.U64), TickStream.Asked::sponsorship))
            .named("pallet_tick_stream::Asked");

    private static final Codec<Optional<Session>> OPTIONAL_SESSION = Codecs.option(Session.CODEC);

    private final RuntimeScope runtime;
    private final TickStream pallet;
    private final ExtrinsicFormat format;
    private final AccountApis accounts;
    private final ToLongBiFunction<Externalities, AccountId> nonces;

    public TickStreamApi(RuntimeScope runtime, TickStream pallet, ExtrinsicFormat format, AccountApis accounts,
            ToLongBiFunction<Externalities, AccountId> nonces) {
        this.runtime = runtime;
        this.pallet = pallet;
        this.format = format;
        this.accounts = accounts;
        this.nonces = nonces;
    }

    public RuntimeApi declaration() {
        return api(Apis.TICK_STREAM, method("settings", Settings.CODEC, pallet::settings),
                method("stream", parameter("stream", Codecs.U64), Codecs.option(Stream.CODEC), pallet::findStream),
                method("session", parameter("session", Codecs.U64), OPTIONAL_SESSION, pallet::findSession),
                method("sessions", parameter("sessions", Codecs.vec(Codecs.U64)), Codecs.vec(OPTIONAL_SESSION),
                        this::sessions),
                method("session_of", parameter("viewer", AccountId.CODEC), parameter("stream", Codecs.U64),
                        Codecs.option(Codecs.tuple(Codecs.U64, Session.CODEC)), this::sessionOf),
                method("quote", parameter("stream", Codecs.U64), parameter("viewer", AccountId.CODEC),
                        parameter("deposit", Codecs.U128), Codecs.option(Quote.CODEC), this::quote),
                method("open_session_fee", parameter("stream", Codecs.U64), parameter("viewer", AccountId.CODEC),
                        parameter("deposit", Codecs.U128), Codecs.option(Codecs.U128), this::openSessionFee),
                method("next_nonce", parameter("key", Batch.KEY_CODEC), Codecs.option(Codecs.U64), pallet::nextNonce),
                method("batch_payload", parameter("batch", Batch.CODEC), Codecs.BYTES, pallet::payload),
                method("batch_extrinsic", parameter("batch", Batch.CODEC),
                        parameter("signature", Codecs.fixedBytes(64)), Codecs.BYTES,
                        (_, batch, signature) -> extrinsic(batch, signature)),
                // Version 2.
                method("session_account", parameter("session", Codecs.U64), Codecs.option(SessionAccount.CODEC),
                        (ext, session) -> pallet.findSession(ext, session).map(SessionAccount::of)),
                method("offer", parameter("viewer", AccountId.CODEC), parameter("asked", ASKED),
                        Codecs.option(Offer.CODEC), pallet::offer),
                method("tiers", parameter("stream", Codecs.U64), Codecs.vec(Tier.CODEC), pallet::tiers),
                method("subscription", parameter("viewer", AccountId.CODEC), parameter("stream", Codecs.U64),
                        Codecs.option(Subscription.CODEC), pallet::subscription),
                method("sponsorship", parameter("sponsorship", Codecs.U64), Codecs.option(Sponsorship.CODEC),
                        pallet::sponsorship),
                method("sponsorships", parameter("stream", Codecs.U64),
                        Codecs.vec(Codecs.tuple(Codecs.U64, Sponsorship.CODEC)), pallet::sponsorships),
                method("spending_limit", parameter("account", AccountId.CODEC), Codecs.option(SpendingLimit.CODEC),
                        pallet::spendingLimit),
                method("gift_payload", parameter("gift", Gift.CODEC), Codecs.BYTES, pallet::payload));
    }

    private List<Optional<Session>> sessions(Externalities ext, List<Long> ids) {
        return ids.stream().limit(SESSIONS_MAX).map(id -> pallet.findSession(ext, id)).toList();
    }

    private Optional<Map.Entry<Long, Session>> sessionOf(Externalities ext, AccountId viewer, long stream) {
        return pallet.findSessionOf(ext, viewer, stream)
                .flatMap(id -> pallet.findSession(ext, id).map(session -> Map.entry(id, session)));
    }

    private Optional<Quote> quote(Externalities ext, long stream, AccountId viewer, U128 deposit) {
        return pallet.quote(ext, stream, viewer, deposit);
    }

    /**
     * What the transaction that opens a session costs the viewer: of an extrinsic as the viewer would sign it now, mortal and
     * without a tip.
     */
    private Optional<U128> openSessionFee(Externalities ext, long stream, AccountId viewer, U128 deposit) {
        return pallet.quote(ext, stream, viewer, deposit).map(quote -> {
            Bytes bytes32 = Bytes.wrap(new byte[32]);
            TickStreamCall call = new TickStreamCall.OpenSession(stream, deposit, quote.rate(), quote.ticks().low(),
                    bytes32,
                    Bytes.wrap(new byte[16]), new PublicKey(bytes32), bytes32);
            ScaleOutput out = new ScaleOutput().u8(SIGNED_V4);
            MultiAddress.CODEC.encode(new MultiAddress.Id(viewer), out);
            MultiSignature.CODEC.encode(new MultiSignature.Sr25519(Bytes.wrap(new byte[64])), out);
            out.raw(MORTAL).compact(nonces.applyAsLong(ext, viewer)).compact(U128.ZERO).u8(WITHOUT_METADATA_HASH);
            runtime.codec().encode(runtime.call(pallet, call), out);
            byte[] content = out.toByteArray();
            int length = new ScaleOutput().bytes(content).toByteArray().length;
            try {
                return accounts.fee(ext, format.decodeContent(content), length);
            } catch (ScaleException e) {
                throw new IllegalStateException("an extrinsic of this runtime's own making does not decode", e);
            }
        });
    }

    /** A signed batch as an extrinsic, its length in front. */
    private Bytes extrinsic(Batch batch, Bytes signature) {
        return Bytes.wrap(format.encodeBare(runtime.call(pallet, new TickStreamCall.SettleBatch(batch, signature))));
    }
}
