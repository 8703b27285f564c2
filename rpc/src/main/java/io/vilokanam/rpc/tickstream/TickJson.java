package io.vilokanam.rpc.tickstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.scale.U128;

/** The answers of the tick-stream methods. Amounts are plancks in decimal strings, shares are parts of a million. */
final class TickJson {

    /** Schemas, in short form. */
    static final String ANSWER = "{verdict:'accepted'|'stale'|'ahead'|'mismatch'|'closing'|'exhausted'|'unknown',"
            + "paidTicks:number,settledTicks:number,leftTicks:number,left:decimal}";
    static final String QUOTE = "{rate:decimal,fee:number,feePerTick:decimal,creatorPerTick:decimal,freeTicks:number,"
            + "minimumDeposit:decimal,deposit:decimal,ticks:decimal,tickMillis:number,seconds:decimal,networkFee:decimal}";
    static final String STREAM = "{stream:number,creator:address,rate:decimal,payees:[{account:address,share:number}],"
            + "freeTicks:number,title:text,active:bool}";
    static final String SESSION = "{session:number,stream:number,viewer:address,status:'open'|'closing',until:number,"
            + "rate:decimal,fee:number,freeTicks:number,maxTicks:number,openedAt:number,paidTicks:number,"
            + "settledTicks:number,charged:decimal,feeTaken:decimal,escrow:decimal,left:decimal,payer:address,"
            + "sponsoredTicks:number,salt:hex,anchor:hash}";
    static final String SESSION_PROGRESS = "{session:number,status:'open'|'closing'|'over',paidTicks:number,"
            + "settledTicks:number,leftTicks:number,left:decimal}";
    static final String STREAM_PROGRESS = "{stream:number,paying:number,paidTicks:number,settledTicks:number,paid:decimal,"
            + "settled:decimal,sessions:[{session:number,status:'open'|'closing'|'over',paidTicks:number,"
            + "settledTicks:number}]}";

    private final Ss58 addresses = new Ss58(Blake2b::hash512);
    private final int addressPrefix;

    TickJson(int addressPrefix) {
        this.addressPrefix = addressPrefix;
    }

    JsonValue answer(TickBackend.Answer answer) {
        return Json.object().with("verdict", Json.text(answer.verdict().name().toLowerCase(Locale.ROOT)))
                .with("paidTicks", Json.number(answer.paidTicks()))
                .with("settledTicks", Json.number(answer.settledTicks()))
                .with("leftTicks", Json.number(answer.leftTicks())).with("left", amount(answer.left()));
    }

    JsonValue progress(long session, TickBackend.Progress progress) {
        return Json.object().with("session", Json.unsigned(session)).with("status", status(progress.status()))
                .with("paidTicks", Json.number(progress.paidTicks()))
                .with("settledTicks", Json.number(progress.settledTicks()))
                .with("leftTicks", Json.number(progress.leftTicks())).with("left", amount(progress.left()));
    }

    JsonValue progress(long stream, TickBackend.StreamProgress progress) {
        return Json.object().with("stream", Json.unsigned(stream)).with("paying", Json.number(progress.paying()))
                .with("paidTicks", Json.number(progress.paidTicks()))
                .with("settledTicks", Json.number(progress.settledTicks())).with("paid", amount(progress.paid()))
                .with("settled", amount(progress.settled()))
                .with("sessions", Json.list(progress.changed(), change -> Json.object()
                        .with("session", Json.unsigned(change.session())).with("status", status(change.status()))
                        .with("paidTicks", Json.number(change.paidTicks()))
                        .with("settledTicks", Json.number(change.settledTicks()))));
    }

    /** {@code reason}: one of {@code valid, closing, signature, over}. */
    JsonValue entitlement(String reason, Optional<JsonValue> session) {
        return Json.object().with("entitled", Json.bool(reason.equals("valid"))).with("reason", Json.text(reason))
                .with("session", Json.nullable(session, found -> found));
    }

    private static JsonValue status(TickBackend.Status status) {
        return Json.text(status.name().toLowerCase(Locale.ROOT));
    }

    JsonValue quote(Quote quote, U128 deposit, long tickMillis, U128 networkFee) {
        U128 fee = quote.fee().of(quote.rate());
        return Json.object().with("rate", amount(quote.rate())).with("fee", Json.number(quote.fee().parts()))
                .with("feePerTick", amount(fee)).with("creatorPerTick", amount(quote.rate().minus(fee)))
                .with("freeTicks", Json.number(quote.freeTicks()))
                .with("minimumDeposit", amount(quote.minimumDeposit()))
                .with("deposit", amount(deposit)).with("ticks", amount(quote.ticks()))
                .with("tickMillis", Json.number(tickMillis))
                .with("seconds", amount(quote.ticks().scaledBy(U128.of(tickMillis), U128.of(1_000))))
                .with("networkFee", amount(networkFee));
    }

    JsonValue stream(long id, Stream stream) {
        return Json.object().with("stream", Json.unsigned(id)).with("creator", account(stream.creator()))
                .with("rate", amount(stream.rate()))
                .with("payees", Json.list(stream.payees(),
                        payee -> Json.object().with("account", account(payee.account())).with("share",
                                Json.number(payee.share().parts()))))
                .with("freeTicks", Json.number(stream.freeTicks()))
                .with("title", Json.text(new String(stream.title().view(), StandardCharsets.UTF_8)))
                .with("active", Json.bool(stream.active()));
    }

    /** {@code until}: the block at which an open session begins to close, and a closing one ends. */
    JsonValue session(long id, Session session, long paidTicks) {
        Terms terms = session.terms();
        String status = switch (session.status()) {
            case SessionStatus.Open _ -> "open";
            case SessionStatus.Closing _ -> "closing";
        };
        long until = switch (session.status()) {
            case SessionStatus.Open(long expiresAt) -> expiresAt;
            case SessionStatus.Closing(long end) -> end;
        };
        long paid = Math.max(paidTicks, session.settledTicks());
        return Json.object().with("session", Json.unsigned(id)).with("stream", Json.unsigned(terms.stream()))
                .with("viewer", account(terms.viewer())).with("status", Json.text(status))
                .with("until", Json.number(until)).with("rate", amount(terms.rate()))
                .with("fee", Json.number(terms.fee().parts())).with("freeTicks", Json.number(terms.freeTicks()))
                .with("maxTicks", Json.number(terms.maxTicks())).with("openedAt", Json.number(terms.openedAt()))
                .with("paidTicks", Json.number(paid)).with("settledTicks", Json.number(session.settledTicks()))
                .with("charged", amount(session.charged())).with("feeTaken", amount(session.feeTaken()))
                .with("escrow", amount(session.escrow()))
                .with("left", amount(session.funds().saturatingMinus(terms.grossOf(paid))))
                .with("payer", account(session.payer())).with("sponsoredTicks", Json.number(session.sponsoredTicks()))
                .with("salt", Json.hex(terms.salt())).with("anchor", Json.hex(session.anchor()));
    }

    private JsonValue account(AccountId account) {
        return Json.text(addresses.encode(addressPrefix, account));
    }

    private static JsonValue amount(U128 amount) {
        return Json.text(amount.toString());
    }
}
