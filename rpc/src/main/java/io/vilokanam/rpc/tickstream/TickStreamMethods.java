package io.vilokanam.rpc.tickstream;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * Watching streams: words go in, prices and what is paid come out. Numbers may be given as decimal strings. All amounts are
 * plancks in decimal strings, {@code fee} and {@code share} are parts of a million.
 *
 * <ul>
 * <li>{@code tickStream_v1_submit(session, ticks, word)}: <code>{verdict, paidTicks, settledTicks, leftTicks, left}</code>, where
 * {@code verdict} is {@code accepted}, {@code stale}, {@code ahead}, {@code mismatch}, {@code closing}, {@code exhausted} or
 * {@code unknown}
 * <li>{@code tickStream_v1_submitMany([{session, ticks, word}, ...])}: the answers in order
 * <li>{@code tickStream_v1_release(session, secret)}: the same answer; the session closes with the next settlement
 * <li>{@code tickStream_v1_quote(stream, viewer, deposit)}: <code>{rate, fee, feePerTick, creatorPerTick, freeTicks,
 * minimumDeposit, deposit, ticks, tickMillis, seconds, networkFee}</code>, or null where there is no such stream;
 * {@code networkFee}: what the transaction that opens the session costs
 * <li>{@code tickStream_v1_session(session, at?)}: <code>{session, stream, viewer, status, until, rate, fee, freeTicks, maxTicks,
 * openedAt, paidTicks, settledTicks, charged, feeTaken, escrow, left, payer, sponsoredTicks, salt, anchor}</code>, or null where
 * it is over; without
 * {@code at}, {@code paidTicks} counts the words that the collector knows and {@code left} what they leave
 * <li>{@code tickStream_v1_stream(stream, at?)}: <code>{stream, creator, rate, payees: [{account, share}], freeTicks, title,
 * active}</code>, or null
 * <li>{@code tickStream_v1_entitlement(session, challenge, signature)}: <code>{entitled, reason, session}</code> for a media
 * server: {@code challenge} are 16 to 256 bytes that it made up, {@code signature} is the session key's (sr25519) over
 * {@link #challengePayload}; {@code reason} is {@code valid}, {@code closing}, {@code signature} or {@code over};
 * {@code session} as above, for who compares its {@code paidTicks} with the seconds served
 * <li>{@code tickStream_v1_followSession(session)}, ended by {@code tickStream_v1_unfollowSession}: items
 * <code>{session, status, paidTicks, settledTicks, leftTicks, left}</code> of {@code tickStream_v1_sessionProgress}: at once, then
 * for each change; {@code status} is {@code open}, {@code closing} or, in the last item, {@code over}
 * <li>{@code tickStream_v1_followStream(stream)}, ended by {@code tickStream_v1_unfollowStream}: items
 * <code>{stream, paying, paidTicks, settledTicks, paid, settled, sessions: [{session, status, paidTicks, settledTicks}]}</code> of
 * {@code tickStream_v1_streamProgress}: at once, then each second in which there is news; {@code sessions} are those that
 * changed
 * </ul>
 *
 * <p>Errors of its own: {@value #UNAVAILABLE} where words cannot be taken or the chain has no tick-stream, with the reason.
 */
public final class TickStreamMethods implements MethodFamily {

    static final int UNAVAILABLE = 9001;

    private static final int CLIENT_ERROR = 4003;

    private static final Parameter<Long> SESSION = TickParameters.u64("session");
    private static final Parameter<Long> STREAM = TickParameters.u64("stream");
    private static final Parameter<Long> TICKS = TickParameters.u32("ticks");
    private static final Parameter<Bytes> WORD = TickParameters.bytes32("word");
    private static final Parameter<Bytes> SECRET = TickParameters.bytes32("secret");
    private static final Parameter<List<TickParameters.Word>> WORDS = TickParameters.words("words");
    private static final Parameter<AccountId> VIEWER = TickParameters.account("viewer");
    private static final Parameter<U128> DEPOSIT = TickParameters.amount("deposit");
    private static final Parameter<Bytes> CHALLENGE = TickParameters.challenge("challenge");
    private static final Parameter<Bytes> SIGNATURE = TickParameters.signature("signature");
    private static final Parameter<Hash> AT = Parameter.optional("at", ParameterTypes.HASH);

    private static final Codec<Optional<Stream>> STREAM_RESULT = Codecs.option(Stream.CODEC);
    private static final Codec<Optional<Session>> SESSION_RESULT = Codecs.option(Session.CODEC);
    private static final Codec<Optional<Quote>> QUOTE_RESULT = Codecs.option(Quote.CODEC);
    private static final Codec<Optional<U128>> FEE_RESULT = Codecs.option(Codecs.U128);
    private static final Bytes CHALLENGE_CONTEXT = Bytes.ascii("vilokanam/tick-stream/entitlement/1");
    private static final Codec<Map.Entry<Long, Map.Entry<AccountId, U128>>> QUOTE_ARGUMENTS = Codecs.tuple(Codecs.U64,
            Codecs.tuple(AccountId.CODEC, Codecs.U128));

    private final ChainBackend chain;
    private final StateBackend states;
    private final TickBackend ticks;
    private final TickJson json;

    /** {@code addressPrefix}: the SS58 prefix with which accounts are written. */
    public TickStreamMethods(ChainBackend chain, StateBackend states, TickBackend ticks, int addressPrefix) {
        this.chain = chain;
        this.states = states;
        this.ticks = ticks;
        this.json = new TickJson(addressPrefix);
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("tickStream_v1_submit", this::submit, SESSION, TICKS, WORD).returns(TickJson.ANSWER),
                method("tickStream_v1_submitMany", this::submitMany, WORDS).returns("[" + TickJson.ANSWER + "]"),
                method("tickStream_v1_release", this::release, SESSION, SECRET).returns(TickJson.ANSWER),
                method("tickStream_v1_quote", this::quote, STREAM, VIEWER, DEPOSIT).returns(TickJson.QUOTE + "?"),
                method("tickStream_v1_session", this::session, SESSION, AT).returns(TickJson.SESSION + "?"),
                method("tickStream_v1_stream", this::stream, STREAM, AT).returns(TickJson.STREAM + "?"),
                method("tickStream_v1_entitlement", this::entitlement, SESSION, CHALLENGE, SIGNATURE)
                        .returns("{entitled:bool,reason:'valid'|'closing'|'signature'|'over',session:"
                                + TickJson.SESSION + "?}"),
                subscription("tickStream_v1_followSession", "tickStream_v1_sessionProgress",
                        "tickStream_v1_unfollowSession",
                        this::followSession, SESSION).sends(TickJson.SESSION_PROGRESS),
                subscription("tickStream_v1_followStream", "tickStream_v1_streamProgress",
                        "tickStream_v1_unfollowStream",
                        this::followStream, STREAM).sends(TickJson.STREAM_PROGRESS));
    }

    private JsonValue submit(RpcParams params) throws RpcException {
        return submit(new TickParameters.Word(params.get(SESSION), params.get(TICKS), params.get(WORD)));
    }

    private JsonValue submitMany(RpcParams params) throws RpcException {
        List<JsonValue> answers = new ArrayList<>();
        for (TickParameters.Word word : params.get(WORDS)) {
            answers.add(submit(word));
        }
        return Json.list(answers, answer -> answer);
    }

    private JsonValue submit(TickParameters.Word word) throws RpcException {
        try {
            return json.answer(ticks.submit(word.session(), word.ticks(), word.word()));
        } catch (TickUnavailableException e) {
            throw unavailable(e.getMessage());
        }
    }

    private JsonValue release(RpcParams params) throws RpcException {
        try {
            return json.answer(ticks.release(params.get(SESSION), params.get(SECRET)));
        } catch (TickUnavailableException e) {
            throw unavailable(e.getMessage());
        }
    }

    private JsonValue quote(RpcParams params) throws RpcException {
        Hash best = chain.best().hash();
        U128 deposit = params.get(DEPOSIT);
        byte[] arguments = QUOTE_ARGUMENTS
                .encode(Map.entry(params.get(STREAM), Map.entry(params.get(VIEWER), deposit)));
        Optional<Quote> quote = ask(best, "quote", arguments, QUOTE_RESULT);
        if (quote.isEmpty()) {
            return Json.NULL;
        }
        long tickMillis = ask(best, "settings", new byte[0], Settings.CODEC).limits().tickMillis();
        U128 networkFee = ask(best, "open_session_fee", arguments, FEE_RESULT)
                .orElseThrow(
                        () -> unavailable("TickStreamApi_open_session_fee does not know a stream that quote knows"));
        return json.quote(quote.get(), deposit, tickMillis, networkFee);
    }

    /**
     * What the session key signs to prove to a media server that a session is its own: the ASCII text
     * {@code vilokanam/tick-stream/entitlement/1}, the genesis hash, the session (u64 LE), the challenge.
     */
    public static Bytes challengePayload(Hash genesis, long session, Bytes challenge) {
        return new ScaleOutput().raw(CHALLENGE_CONTEXT.view()).raw(genesis.bytes().view()).u64(session)
                .raw(challenge.view())
                .toBytes();
    }

    private JsonValue entitlement(RpcParams params) throws RpcException {
        long id = params.get(SESSION);
        Optional<Session> found = ask(chain.best().hash(), "session", u64(id), SESSION_RESULT);
        if (found.isEmpty()) {
            return json.entitlement("over", Optional.empty());
        }
        Session session = found.get();
        JsonValue shown = json.session(id, session, ticks.paidTicks(id));
        byte[] payload = challengePayload(chain.genesisHash(), id, params.get(CHALLENGE)).view();
        if (!Sr25519.verify(session.terms().sessionKey().bytes().view(), payload, params.get(SIGNATURE).view())) {
            return json.entitlement("signature", Optional.of(shown));
        }
        return json.entitlement(session.isOpen() ? "valid" : "closing", Optional.of(shown));
    }

    private void followSession(RpcParams params, Subscriber subscriber) throws RpcException {
        long id = params.get(SESSION);
        try {
            subscriber.onEnd(ticks.followSession(id, progress -> {
                if (progress.status() == TickBackend.Status.OVER) {
                    subscriber.sendLast(json.progress(id, progress));
                } else {
                    subscriber.send(json.progress(id, progress));
                }
            }));
        } catch (TickUnavailableException e) {
            throw unavailable(e.getMessage());
        }
    }

    private void followStream(RpcParams params, Subscriber subscriber) {
        long id = params.get(STREAM);
        subscriber.onEnd(ticks.followStream(id, progress -> subscriber.send(json.progress(id, progress))));
    }

    private JsonValue session(RpcParams params) throws RpcException {
        long id = params.get(SESSION);
        Optional<Hash> at = params.find(AT);
        Optional<Session> session = ask(at.orElseGet(() -> chain.best().hash()), "session", u64(id), SESSION_RESULT);
        return Json.nullable(session, found -> json.session(id, found, at.isPresent() ? 0 : ticks.paidTicks(id)));
    }

    private JsonValue stream(RpcParams params) throws RpcException {
        long id = params.get(STREAM);
        Optional<Stream> stream = ask(params.find(AT).orElseGet(() -> chain.best().hash()), "stream", u64(id),
                STREAM_RESULT);
        return Json.nullable(stream, found -> json.stream(id, found));
    }

    private static byte[] u64(long value) {
        return new ScaleOutput().u64(value).toByteArray();
    }

    private <T> T ask(Hash at, String method, byte[] arguments, Codec<T> result) throws RpcException {
        String name = "TickStreamApi_" + method;
        try {
            return result.decodeAll(states.call(at, name, Bytes.wrap(arguments)).view());
        } catch (StateUnavailableException e) {
            throw new RpcError(CLIENT_ERROR, "Client error: " + e.getMessage()).exception();
        } catch (RuntimeTrap trap) {
            throw unavailable(trap.reason() == RuntimeTrap.Reason.UNKNOWN_METHOD
                    ? "this chain's runtime has no tick-stream"
                    : name + " failed: " + trap.getMessage());
        } catch (ScaleException e) {
            throw unavailable(name + " answered what does not decode: " + e.getMessage());
        }
    }

    private static RpcException unavailable(String why) {
        return new RpcError(UNAVAILABLE, "Tick-stream is not available", why).exception();
    }
}
