package io.vilokanam.rpc.state;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.vilokanam.api.RuntimeTrap;
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
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** {@code state_*}: storage, proofs, metadata and runtime calls. */
public final class StateMethods implements MethodFamily {

    static final int KEYS_PAGED_MAX = 1000;

    private static final Parameter<Hash> AT = Parameter.optional("hash", ParameterTypes.HASH);
    private static final Parameter<Hash> QUERY_AT = Parameter.optional("at", ParameterTypes.HASH);
    private static final Parameter<Bytes> KEY = Parameter.required("key", ParameterTypes.BYTES);
    private static final Parameter<Bytes> PREFIX = Parameter.required("prefix", ParameterTypes.BYTES);
    private static final Parameter<Bytes> PAGED_PREFIX = Parameter.optional("prefix", ParameterTypes.BYTES);
    private static final Parameter<Long> COUNT = Parameter.required("count", ParameterTypes.U32);
    private static final Parameter<Bytes> START_KEY = Parameter.optional("startKey", ParameterTypes.BYTES);
    private static final Parameter<List<Bytes>> KEYS = Parameter.required("keys",
            ParameterTypes.listOf(ParameterTypes.BYTES));
    private static final Parameter<List<Bytes>> WATCHED = Parameter.optional("keys",
            ParameterTypes.listOf(ParameterTypes.BYTES));
    private static final Parameter<Bytes> CHILD_KEY = Parameter.required("childStorageKey", ParameterTypes.BYTES);
    private static final Parameter<String> NAME = Parameter.required("name", ParameterTypes.TEXT);
    private static final Parameter<Bytes> ARGUMENTS = Parameter.required("bytes", ParameterTypes.BYTES);
    private static final Parameter<Hash> FROM = Parameter.required("block", ParameterTypes.HASH);
    private static final Parameter<Hash> TO = Parameter.optional("hash", ParameterTypes.HASH);
    private static final Parameter<String> TARGETS = Parameter.optional("targets", ParameterTypes.TEXT);
    private static final Parameter<String> STORAGE_KEYS = Parameter.optional("storageKeys", ParameterTypes.TEXT);
    private static final Parameter<String> METHODS = Parameter.optional("methods", ParameterTypes.TEXT);

    /** Schema, in short form. */
    private static final String PROOF = "{at:hash,proof:[hex]}";
    private static final String METADATA = "Metadata_metadata";
    private static final int COUNT_TOO_LARGE = 4002;
    private static final int SUM_PAGE = 1000;
    private static final long SUM_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    private static final Optional<Bytes> MAIN = Optional.empty();

    private final ChainBackend chain;
    private final StateBackend states;
    private final StorageQuery query;
    private final StateSubscriptions subscriptions;
    private final BlockTracing tracing;

    public StateMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
        this.query = new StorageQuery(chain, states);
        this.tracing = new BlockTracing(chain, states, query);
        this.subscriptions = new StateSubscriptions(chain, states);
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("state_call", this::call, NAME, ARGUMENTS, AT).returns("hex").alias("state_callAt"),
                method("state_getMetadata", this::metadata, AT).returns("hex"),
                method("state_getRuntimeVersion", this::runtimeVersion, AT).returns(RuntimeVersionJson.SCHEMA)
                        .alias("chain_getRuntimeVersion"),
                method("state_getStorage", this::storage, KEY, AT).returns("hex?").alias("state_getStorageAt"),
                method("state_getStorageHash", this::storageHash, KEY, AT).returns("hash?")
                        .alias("state_getStorageHashAt"),
                method("state_getStorageSize", this::storageSize, KEY, AT).returns("number?")
                        .alias("state_getStorageSizeAt"),
                method("state_getKeys", this::keys, PREFIX, AT).returns("[hex]"),
                method("state_getPairs", this::pairs, PREFIX, AT).returns("[(hex,hex)]").unsafe(),
                method("state_getKeysPaged", this::keysPaged, PAGED_PREFIX, COUNT, START_KEY, AT).returns("[hex]")
                        .alias("state_getKeysPagedAt"),
                method("state_queryStorage", params -> query.range(params.get(KEYS), params.get(FROM), params.find(TO)),
                        KEYS,
                        FROM, TO).returns("[" + StorageQuery.CHANGES + "]").unsafe(),
                method("state_queryStorageAt", params -> query.at(params.get(KEYS), params.find(QUERY_AT)), KEYS,
                        QUERY_AT).returns("[" + StorageQuery.CHANGES + "]"),
                method("state_getReadProof", this::readProof, KEYS, AT).returns(PROOF),
                method("state_getChildReadProof", this::childReadProof, CHILD_KEY, KEYS, AT).returns(PROOF),
                method("state_traceBlock", this::traceBlock, FROM, TARGETS, STORAGE_KEYS, METHODS)
                        .returns(BlockTracing.SCHEMA).unsafe(),
                subscription("state_subscribeRuntimeVersion", "state_runtimeVersion", "state_unsubscribeRuntimeVersion",
                        (params, subscriber) -> subscriptions.runtimeVersion(subscriber))
                        .sends(RuntimeVersionJson.SCHEMA)
                        .alias("chain_subscribeRuntimeVersion", "chain_unsubscribeRuntimeVersion"),
                subscription("state_subscribeStorage", "state_storage", "state_unsubscribeStorage",
                        (params, subscriber) -> {
                            if (params.find(WATCHED).isEmpty() && !params.isUnsafeAllowed()) {
                                throw RpcError.UNSAFE_METHOD.exception();
                            }
                            subscriptions.storage(subscriber, params.find(WATCHED));
                        }, WATCHED).sends(StorageQuery.CHANGES));
    }

    private Hash block(RpcParams params) {
        return params.find(AT).orElseGet(() -> chain.best().hash());
    }

    private BlockState state(RpcParams params) throws RpcException {
        try {
            return states.at(block(params));
        } catch (StateUnavailableException e) {
            throw ClientErrors.reading(e);
        }
    }

    private JsonValue call(RpcParams params) throws RpcException {
        String method = params.get(NAME);
        try {
            return Json.hex(states.call(block(params), method, params.get(ARGUMENTS)));
        } catch (StateUnavailableException e) {
            throw ClientErrors.calling(e);
        } catch (RuntimeTrap e) {
            throw ClientErrors.calling(e, method);
        }
    }

    /** Version 14, without the length in front. */
    private JsonValue metadata(RpcParams params) throws RpcException {
        try {
            Bytes opaque = states.call(block(params), METADATA, Bytes.EMPTY);
            return Json.hex(Codecs.BYTES.decodeAll(opaque.view()));
        } catch (StateUnavailableException e) {
            throw ClientErrors.api(e);
        } catch (RuntimeTrap e) {
            throw ClientErrors.calling(e, METADATA);
        } catch (ScaleException e) {
            throw ClientErrors.client("Failed to decode metadata: " + e.getMessage());
        }
    }

    private JsonValue runtimeVersion(RpcParams params) throws RpcException {
        try {
            return RuntimeVersionJson.of(states.runtimeVersion(block(params)));
        } catch (StateUnavailableException e) {
            throw ClientErrors.api(e);
        }
    }

    private JsonValue storage(RpcParams params) throws RpcException {
        return Json.nullable(state(params).get(MAIN, params.get(KEY)), Json::hex);
    }

    private JsonValue storageHash(RpcParams params) throws RpcException {
        return Json.nullable(state(params).get(MAIN, params.get(KEY)),
                value -> Json.hex(Bytes.wrap(Blake2b.hash256(value.view()))));
    }

    /** Length of the value, or of all values below the key. */
    private JsonValue storageSize(RpcParams params) throws RpcException {
        BlockState state = state(params);
        Bytes key = params.get(KEY);
        Optional<Bytes> value = state.get(MAIN, key);
        if (value.isPresent()) {
            return Json.number(value.get().size());
        }
        long start = System.nanoTime();
        long sum = 0;
        List<Bytes> page;
        Optional<Bytes> last = Optional.empty();
        do {
            page = state.keys(MAIN, key, last, SUM_PAGE);
            for (Bytes found : page) {
                sum += state.get(MAIN, found).map(Bytes::size).orElse(0);
                last = Optional.of(found);
            }
            if (!params.isUnsafeAllowed() && System.nanoTime() - start > SUM_NANOS_MAX) {
                throw ClientErrors.client("the call took too long");
            }
        } while (page.size() == SUM_PAGE);
        return sum == 0 ? Json.NULL : Json.number(sum);
    }

    private JsonValue keys(RpcParams params) throws RpcException {
        return KeysJson.list(state(params), MAIN, params.get(PREFIX), Optional.empty(), Long.MAX_VALUE, Json::hex);
    }

    private JsonValue pairs(RpcParams params) throws RpcException {
        BlockState state = state(params);
        return KeysJson.list(state, MAIN, params.get(PREFIX), Optional.empty(), Long.MAX_VALUE,
                key -> Json.list(Json.hex(key), Json.nullable(state.get(MAIN, key), Json::hex)));
    }

    private JsonValue keysPaged(RpcParams params) throws RpcException {
        long count = params.get(COUNT);
        if (count > KEYS_PAGED_MAX) {
            throw new RpcError(COUNT_TOO_LARGE,
                    "count exceeds maximum value. value: " + count + ", max: " + KEYS_PAGED_MAX).exception();
        }
        return KeysJson.list(state(params), MAIN, params.find(PAGED_PREFIX).orElse(Bytes.EMPTY), params.find(START_KEY),
                count,
                Json::hex);
    }

    private JsonValue readProof(RpcParams params) throws RpcException {
        Hash block = block(params);
        return proof(block, state(params).proof(params.get(KEYS)));
    }

    private JsonValue childReadProof(RpcParams params) throws RpcException {
        Hash block = block(params);
        Bytes child = ChildStateMethods.requireChildKey(params.get(CHILD_KEY));
        return proof(block, state(params).childProof(child, params.get(KEYS)));
    }

    private static JsonValue proof(Hash block, List<Bytes> nodes) {
        return Json.object().with("at", Json.hex(block)).with("proof", Json.list(nodes, Json::hex));
    }

    private JsonValue traceBlock(RpcParams params) throws RpcException {
        return tracing.trace(params.get(FROM), new BlockTracing.Filter(params.find(TARGETS), params.find(STORAGE_KEYS),
                params.find(METHODS)));
    }
}
