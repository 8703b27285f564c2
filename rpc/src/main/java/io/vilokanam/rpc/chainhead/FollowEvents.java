package io.vilokanam.rpc.chainhead;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.storage.StorageItem;
import io.vilokanam.scale.Bytes;

/** The events of {@code chainHead_v1_follow}. */
final class FollowEvents {

    /** Schema, in short form. */
    static final String SCHEMA = events();

    private FollowEvents() {}

    private static String events() {
        String runtime = "{type:'valid',spec:{specName:text,implName:text,specVersion:number,implVersion:number,"
                + "apis:{*:number},transactionVersion:number}}|{type:'invalid',error:text}";
        String ofOperation = ",operationId:text";
        return "{event:'initialized',finalizedBlockHashes:[hash],finalizedBlockRuntime?:" + runtime
                + "}|{event:'newBlock',blockHash:hash,parentBlockHash:hash,newRuntime?:" + runtime
                + "|null}|{event:'bestBlockChanged',bestBlockHash:hash}"
                + "|{event:'finalized',finalizedBlockHashes:[hash],prunedBlockHashes:[hash]}|{event:'stop'}"
                + "|{event:'operationBodyDone'" + ofOperation + ",value:[hex]}|{event:'operationCallDone'" + ofOperation
                + ",output:hex}|{event:'operationStorageItems'" + ofOperation + ",items:[" + StorageItem.SCHEMA
                + "]}|{event:'operationStorageDone'|'operationInaccessible'|'operationWaitingForContinue'" + ofOperation
                + "}|{event:'operationError'" + ofOperation + ",error:text}";
    }

    static JsonObject initialized(Collection<Hash> finalised) {
        return event("initialized").with("finalizedBlockHashes", hashes(finalised));
    }

    static JsonObject newBlock(Hash block, Hash parent) {
        return event("newBlock").with("blockHash", Json.hex(block)).with("parentBlockHash", Json.hex(parent));
    }

    static JsonValue bestBlockChanged(Hash best) {
        return event("bestBlockChanged").with("bestBlockHash", Json.hex(best));
    }

    static JsonValue finalized(Collection<Hash> finalised, Collection<Hash> pruned) {
        return event("finalized").with("finalizedBlockHashes", hashes(finalised)).with("prunedBlockHashes",
                hashes(pruned));
    }

    static JsonValue stop() {
        return event("stop");
    }

    static JsonValue bodyDone(String operation, List<Bytes> extrinsics) {
        return operation("operationBodyDone", operation).with("value", Json.list(extrinsics, Json::hex));
    }

    static JsonValue callDone(String operation, Bytes output) {
        return operation("operationCallDone", operation).with("output", Json.hex(output));
    }

    static JsonValue storageItems(String operation, List<JsonObject> items) {
        return operation("operationStorageItems", operation).with("items", Json.list(items, item -> item));
    }

    static JsonValue storageDone(String operation) {
        return operation("operationStorageDone", operation);
    }

    static JsonValue error(String operation, String text) {
        return operation("operationError", operation).with("error", Json.text(text));
    }

    static JsonValue inaccessible(String operation) {
        return operation("operationInaccessible", operation);
    }

    static JsonValue runtime(RuntimeVersion version) {
        JsonObject apis = Json.object();
        version.apis().stream().sorted(Comparator.comparing(RuntimeVersion.Api::id))
                .forEach(api -> apis.with(api.id().hex(), Json.number(api.version())));
        return Json.object().with("type", Json.text("valid")).with("spec",
                Json.object().with("specName", Json.text(version.specName()))
                        .with("implName", Json.text(version.implName()))
                        .with("specVersion", Json.number(version.specVersion()))
                        .with("implVersion", Json.number(version.implVersion())).with("apis", apis)
                        .with("transactionVersion", Json.number(version.transactionVersion())));
    }

    static JsonValue noRuntime(StateUnavailableException why) {
        return Json.object().with("type", Json.text("invalid")).with("error",
                Json.text(Optional.ofNullable(why.getMessage()).orElse("unknown")));
    }

    private static JsonObject event(String name) {
        return Json.object().with("event", Json.text(name));
    }

    private static JsonObject operation(String name, String operation) {
        return event(name).with("operationId", Json.text(operation));
    }

    private static JsonValue hashes(Collection<Hash> hashes) {
        return Json.list(hashes, Json::hex);
    }
}
