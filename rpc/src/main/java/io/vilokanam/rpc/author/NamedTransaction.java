package io.vilokanam.rpc.author;

import java.util.List;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.scale.Bytes;

/** How a client names a transaction of the pool. */
sealed interface NamedTransaction {

    record ByHash(Hash hash) implements NamedTransaction {}

    /** By all its bytes. */
    record ByExtrinsic(Bytes extrinsic) implements NamedTransaction {}

    ParameterType<NamedTransaction> TYPE = ParameterTypes.described("""
            {"oneOf":[{"type":"object","required":["hash"],"properties":{"hash":{"type":"string"}}},\
            {"type":"object","required":["extrinsic"],"properties":{"extrinsic":{"type":"string"}}}]}""",
            value -> value.tagged(List.of(
                    Parameter.member("hash", hash -> new ByHash(ParameterTypes.HASH.read(hash))),
                    Parameter.member("extrinsic", bytes -> new ByExtrinsic(ParameterTypes.BYTES.read(bytes))))));
}
