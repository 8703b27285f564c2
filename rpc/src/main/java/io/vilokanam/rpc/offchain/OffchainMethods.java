package io.vilokanam.rpc.offchain;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;

import io.vilokanam.rpc.backend.OffchainStorageBackend;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;

/** {@code offchain_*}: the local storage of off-chain workers. Of its two kinds only the persistent one exists. */
public final class OffchainMethods implements MethodFamily {

    private enum Kind {
        PERSISTENT, LOCAL
    }

    private static final ParameterType<Kind> KIND_TYPE = ParameterTypes.described("""
            {"type":"string","enum":["PERSISTENT","LOCAL"]}""",
            value -> Kind.valueOf(value.oneOf(List.of("PERSISTENT", "LOCAL"))));
    private static final Parameter<Kind> KIND = Parameter.required("kind", KIND_TYPE);
    private static final Parameter<Bytes> KEY = Parameter.required("key", ParameterTypes.BYTES);
    private static final Parameter<Bytes> VALUE = Parameter.required("value", ParameterTypes.BYTES);
    private static final RpcError NOT_AVAILABLE = new RpcError(5001, "This storage kind is not available yet");

    private final OffchainStorageBackend storage;

    public OffchainMethods(OffchainStorageBackend storage) {
        this.storage = storage;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("offchain_localStorageSet", this::set, KIND, KEY, VALUE).returns("null").unsafe(),
                method("offchain_localStorageGet", this::get, KIND, KEY).returns("hex?").unsafe(),
                method("offchain_localStorageClear", this::clear, KIND, KEY).returns("null").unsafe());
    }

    private JsonValue set(RpcParams params) throws RpcException {
        requirePersistent(params);
        storage.set(params.get(KEY), params.get(VALUE));
        return Json.NULL;
    }

    private JsonValue get(RpcParams params) throws RpcException {
        requirePersistent(params);
        return Json.nullable(storage.get(params.get(KEY)), Json::hex);
    }

    private JsonValue clear(RpcParams params) throws RpcException {
        requirePersistent(params);
        storage.clear(params.get(KEY));
        return Json.NULL;
    }

    private static void requirePersistent(RpcParams params) throws RpcException {
        if (params.get(KIND) == Kind.LOCAL) {
            throw NOT_AVAILABLE.exception();
        }
    }
}
