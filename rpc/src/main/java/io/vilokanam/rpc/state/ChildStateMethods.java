package io.vilokanam.rpc.state;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;
import java.util.Optional;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.BlockState;
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
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;

/** {@code childstate_*}: storage of child tries, named by the whole key of their root. */
public final class ChildStateMethods implements MethodFamily {

    private static final byte[] CHILD_PREFIX = Bytes.ascii(":child_storage:default:").toArray();
    private static final Parameter<Bytes> CHILD_KEY = Parameter.required("childStorageKey", ParameterTypes.BYTES);
    private static final Parameter<Bytes> KEY = Parameter.required("key", ParameterTypes.BYTES);
    private static final Parameter<List<Bytes>> KEYS = Parameter.required("keys",
            ParameterTypes.listOf(ParameterTypes.BYTES));
    private static final Parameter<Bytes> PREFIX = Parameter.required("prefix", ParameterTypes.BYTES);
    private static final Parameter<Bytes> PAGED_PREFIX = Parameter.optional("prefix", ParameterTypes.BYTES);
    private static final Parameter<Long> COUNT = Parameter.required("count", ParameterTypes.U32);
    private static final Parameter<Bytes> START_KEY = Parameter.optional("startKey", ParameterTypes.BYTES);
    private static final Parameter<Hash> AT = Parameter.optional("hash", ParameterTypes.HASH);

    private final ChainBackend chain;
    private final StateBackend states;

    public ChildStateMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("childstate_getKeys", this::keys, CHILD_KEY, PREFIX, AT).returns("[hex]"),
                method("childstate_getKeysPaged", this::keysPaged, CHILD_KEY, PAGED_PREFIX, COUNT, START_KEY, AT)
                        .returns("[hex]")
                        .alias("childstate_getKeysPagedAt"),
                method("childstate_getStorage", params -> Json.nullable(value(params), Json::hex), CHILD_KEY, KEY, AT)
                        .returns("hex?"),
                method("childstate_getStorageEntries", this::entries, CHILD_KEY, KEYS, AT).returns("[hex?]"),
                method("childstate_getStorageHash",
                        params -> Json.nullable(value(params),
                                value -> Json.hex(Bytes.wrap(Blake2b.hash256(value.view())))),
                        CHILD_KEY, KEY, AT).returns("hash?"),
                method("childstate_getStorageSize",
                        params -> Json.nullable(value(params), value -> Json.number(value.size())), CHILD_KEY, KEY,
                        AT).returns("number?"));
    }

    /** Refuses what is no key of a default child trie. */
    static Bytes requireChildKey(Bytes key) throws RpcException {
        byte[] content = key.view();
        for (int i = 0; i < CHILD_PREFIX.length; i++) {
            if (i >= content.length || content[i] != CHILD_PREFIX[i]) {
                throw ClientErrors.client("Invalid child storage key");
            }
        }
        return key;
    }

    private BlockState state(RpcParams params) throws RpcException {
        try {
            return states.at(params.find(AT).orElseGet(() -> chain.best().hash()));
        } catch (StateUnavailableException e) {
            throw ClientErrors.reading(e);
        }
    }

    private static Optional<Bytes> child(RpcParams params) throws RpcException {
        return Optional.of(requireChildKey(params.get(CHILD_KEY)));
    }

    private JsonValue keys(RpcParams params) throws RpcException {
        return KeysJson.list(state(params), child(params), params.get(PREFIX), Optional.empty(), Long.MAX_VALUE,
                Json::hex);
    }

    private JsonValue keysPaged(RpcParams params) throws RpcException {
        return KeysJson.list(state(params), child(params), params.find(PAGED_PREFIX).orElse(Bytes.EMPTY),
                params.find(START_KEY), params.get(COUNT), Json::hex);
    }

    private Optional<Bytes> value(RpcParams params) throws RpcException {
        return state(params).get(child(params), params.get(KEY));
    }

    private JsonValue entries(RpcParams params) throws RpcException {
        BlockState state = state(params);
        Optional<Bytes> child = child(params);
        return Json.list(params.get(KEYS), key -> Json.nullable(state.get(child, key), Json::hex));
    }
}
