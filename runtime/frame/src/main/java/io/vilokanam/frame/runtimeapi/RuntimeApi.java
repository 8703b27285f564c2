package io.vilokanam.frame.runtimeapi;

import java.util.List;

import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;

/**
 * A runtime API: a set of entry points that are named {@code Api_method}.
 *
 * @param id the first 8 bytes of blake2b-64 of the name, by which clients know that the runtime has it
 */
public record RuntimeApi(String name, Bytes id, int version, List<ApiMethod> methods) {

    /** @param idHex 16 hex digits */
    public static RuntimeApi api(String name, String idHex, int version, ApiMethod... methods) {
        return new RuntimeApi(name, Bytes.fromHex(idHex), version, List.of(methods));
    }

    public RuntimeVersion.Api entry() {
        return new RuntimeVersion.Api(id, version);
    }
}
