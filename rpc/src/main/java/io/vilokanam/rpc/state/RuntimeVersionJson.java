package io.vilokanam.rpc.state;

import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;

/** A runtime version as the legacy API shows it: apis are pairs, and the system version stands there under two names. */
final class RuntimeVersionJson {

    /** Schema, in short form. */
    static final String SCHEMA = "{specName:text,implName:text,authoringVersion:number,specVersion:number,"
            + "implVersion:number,apis:[(hex,number)],transactionVersion:number,systemVersion:number,stateVersion:number}";

    private RuntimeVersionJson() {}

    static JsonValue of(RuntimeVersion version) {
        return Json.object().with("specName", Json.text(version.specName()))
                .with("implName", Json.text(version.implName()))
                .with("authoringVersion", Json.number(version.authoringVersion()))
                .with("specVersion", Json.number(version.specVersion()))
                .with("implVersion", Json.number(version.implVersion()))
                .with("apis",
                        Json.list(version.apis(), api -> Json.list(Json.hex(api.id()), Json.number(api.version()))))
                .with("transactionVersion", Json.number(version.transactionVersion()))
                .with("systemVersion", Json.number(version.systemVersion()))
                .with("stateVersion", Json.number(version.systemVersion()));
    }
}
