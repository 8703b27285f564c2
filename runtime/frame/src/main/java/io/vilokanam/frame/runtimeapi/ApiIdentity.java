package io.vilokanam.frame.runtimeapi;

import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;

/**
 * Which runtime API something is.
 *
 * @param id the first 8 bytes of blake2b-64 of the name, by which clients know that the runtime has it
 */
public record ApiIdentity(String name, Bytes id, int version) {

    /** @param idHex 16 hex digits */
    public static ApiIdentity of(String name, String idHex, int version) {
        return new ApiIdentity(name, Bytes.fromHex(idHex), version);
    }

    /** The API as a runtime's version lists it. */
    public RuntimeVersion.Api entry() {
        return new RuntimeVersion.Api(id, version);
    }
}
