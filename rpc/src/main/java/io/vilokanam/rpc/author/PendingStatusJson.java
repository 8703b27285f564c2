package io.vilokanam.rpc.author;

import io.vilokanam.rpc.backend.PendingStatus;
import io.vilokanam.rpc.backend.PendingStatus.Place;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.RpcError;

/**
 * The answer of {@code author_pendingStatus}: an object whose {@code status} is {@code ready}, {@code future}, {@code inBlock},
 * {@code refused}, {@code removed} or {@code unknown}. Where something was wrong with the transaction, {@code error} is what a
 * submission would be answered with; {@code waitsFor} are tags in hex, for an account's transaction the account and its nonce.
 */
final class PendingStatusJson {

    /** Schema, in short form. */
    static final String SCHEMA = pending();

    private PendingStatusJson() {}

    private static String pending() {
        String banned = ",bannedSeconds?:number}";
        String error = "error:{code:number,message:text,data?:text}";
        return "{status:'ready',priority:decimal,validTill:number?" + banned
                + "|{status:'future',priority:decimal,validTill:number?,waitsFor:[hex]" + banned
                + "|{status:'inBlock',block:hash" + banned + "|{status:'refused'," + error + ",best:hash" + banned
                + "|{status:'removed',last:any," + error.replace("error:", "error?:") + ",best:hash" + banned
                + "|{status:'unknown'" + banned;
    }

    static JsonValue of(PendingStatus status) {
        var json = switch (status.place()) {
            case Place.Ready(var priority, var validTill) -> waiting("ready", priority, validTill);
            case Place.Future(var priority, var validTill, var missing) ->
                waiting("future", priority, validTill).with("waitsFor", Json.list(missing, Json::hex));
            case Place.InBlock(var block) ->
                Json.object().with("status", Json.text("inBlock")).with("block", Json.hex(block));
            case Place.Refused(var refusal, var best) -> Json.object().with("status", Json.text("refused"))
                    .with("error", error(refusal)).with("best", Json.hex(best.hash()));
            case Place.Removed(var last, var reason, var best) -> {
                var removed = Json.object().with("status", Json.text("removed")).with("last", AuthorMethods.json(last));
                reason.ifPresent(refusal -> removed.with("error", error(refusal)));
                yield removed.with("best", Json.hex(best.hash()));
            }
            case Place.Unknown() -> Json.object().with("status", Json.text("unknown"));
        };
        status.banned().ifPresent(left -> json.with("bannedSeconds", Json.number(left.toSeconds())));
        return json;
    }

    private static Json.JsonObject waiting(String status, long priority, long validTill) {
        return Json.object().with("status", Json.text(status))
                .with("priority", Json.text(Long.toUnsignedString(priority)))
                .with("validTill", validTill < 0 ? Json.NULL : Json.number(validTill));
    }

    private static JsonValue error(PoolRefusal refusal) {
        RpcError error = PoolErrors.of(refusal);
        var json = Json.object().with("code", Json.number(error.code())).with("message", Json.text(error.message()));
        error.data().ifPresent(data -> json.with("data", Json.text(data)));
        return json;
    }
}
