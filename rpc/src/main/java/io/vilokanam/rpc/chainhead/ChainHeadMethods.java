package io.vilokanam.rpc.chainhead;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.chainhead.Operations.Operation;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.method.SubscriptionQueue;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.rpc.storage.HexText;
import io.vilokanam.rpc.storage.StorageItem;
import io.vilokanam.rpc.storage.StorageReader.Query;
import io.vilokanam.scale.Bytes;

/** {@code chainHead_v1_*}: follows the head of the chain and reads the blocks that a follow announced. */
public final class ChainHeadMethods implements MethodFamily {

    /** How many follows a connection may have. */
    static final int FOLLOWS_MAX = 4;

    private static final ParameterType<List<Hash>> HASHES = ParameterTypes.described("""
            {"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}""", value -> value.untagged(
            "ListOrValue", one -> one.isList() ? one.list(ParameterTypes.HASH)
                    : List.of(ParameterTypes.HASH.read(one))));

    private static final Parameter<Boolean> WITH_RUNTIME = Parameter.required("withRuntime", ParameterTypes.BOOL);
    private static final Parameter<String> FOLLOW = Parameter.required("followSubscription", ParameterTypes.TEXT);
    private static final Parameter<Hash> HASH = Parameter.required("hash", ParameterTypes.HASH);
    private static final Parameter<List<Hash>> HASH_OR_HASHES = Parameter.required("hashOrHashes", HASHES);
    private static final Parameter<String> FUNCTION = Parameter.required("function", ParameterTypes.TEXT);
    private static final Parameter<String> CALL_PARAMETERS = Parameter.required("callParameters", ParameterTypes.TEXT);
    private static final Parameter<List<StorageItem>> ITEMS = Parameter.required("items",
            ParameterTypes.listOf(StorageItem.TYPE));
    private static final Parameter<String> CHILD_TRIE = Parameter.optional("childTrie", ParameterTypes.TEXT);
    private static final Parameter<String> OPERATION = Parameter.required("operationId", ParameterTypes.TEXT);

    private static final RpcError TOO_MANY_FOLLOWS = new RpcError(-32800,
            "Maximum number of chainHead_follow has been reached");
    private static final RpcError INVALID_BLOCK = new RpcError(-32801, "Invalid block hash");
    private static final RpcError WITHOUT_RUNTIME = new RpcError(-32802,
            "The `chainHead_follow` subscription was started with `withRuntime` set to `false`");
    private static final RpcError NOTHING_TO_CONTINUE = new RpcError(-32803,
            "Wait for continue event was not generated for the subscription");
    private static final RpcError DUPLICATE_HASHES = new RpcError(-32804,
            "Received duplicate hashes for the `chainHead_unpin` method");
    /** Schema, in short form. */
    private static final String STARTED = "{result:'started',operationId:text}|{result:'limitReached'}";
    private static final JsonValue LIMIT_REACHED = Json.object().with("result", Json.text("limitReached"));

    private final ChainBackend chain;
    private final StateBackend states;
    private final OperationRunner runner;
    private final Pins pins;
    private final Map<String, Follow> follows = new ConcurrentHashMap<>();
    private final Map<Long, Integer> followsByConnection = new ConcurrentHashMap<>();

    public ChainHeadMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
        this.runner = new OperationRunner(chain, states);
        this.pins = new Pins(chain);
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(
                subscription("chainHead_v1_follow", "chainHead_v1_followEvent", "chainHead_v1_unfollow", this::follow,
                        WITH_RUNTIME).sends(FollowEvents.SCHEMA)
                        .queue(new SubscriptionQueue(Pins.BLOCKS_MAX, SubscriptionQueue.Overflow.REFUSE)),
                method("chainHead_v1_header", this::header, FOLLOW, HASH).returns("hex?"),
                method("chainHead_v1_body", this::body, FOLLOW, HASH).returns(STARTED),
                method("chainHead_v1_call", this::call, FOLLOW, HASH, FUNCTION, CALL_PARAMETERS).returns(STARTED),
                method("chainHead_v1_storage", this::storage, FOLLOW, HASH, ITEMS, CHILD_TRIE)
                        .returns("{result:'started',operationId:text,discardedItems:number}|{result:'limitReached'}"),
                method("chainHead_v1_unpin", this::unpin, FOLLOW, HASH_OR_HASHES).returns("null"),
                method("chainHead_v1_continue", this::continueOperation, FOLLOW, OPERATION).returns("null"),
                method("chainHead_v1_stopOperation", this::stopOperation, FOLLOW, OPERATION).returns("null"));
    }

    private void follow(RpcParams params, Subscriber subscriber) throws RpcException {
        long connection = params.connection();
        int count = followsByConnection.merge(connection, 1, Integer::sum);
        subscriber.onEnd(() -> followsByConnection.computeIfPresent(connection,
                (id, before) -> before == 1 ? null : before - 1));
        if (count > FOLLOWS_MAX) {
            throw TOO_MANY_FOLLOWS.exception();
        }
        var follow = new Follow(chain, states, pins, subscriber, params.get(WITH_RUNTIME));
        follows.put(subscriber.id(), follow);
        subscriber.onEnd(() -> follows.remove(subscriber.id()));
        follow.start();
    }

    /** The follow that a call names, if it is one of the same connection and still alive. */
    private Optional<Follow> find(RpcParams params) {
        return Optional.ofNullable(follows.get(params.get(FOLLOW)))
                .filter(follow -> follow.subscriber().connection() == params.connection());
    }

    private void requirePinned(Follow follow, Hash hash) throws RpcException {
        if (!pins.isPinned(follow, hash)) {
            throw INVALID_BLOCK.exception();
        }
    }

    private JsonValue header(RpcParams params) throws RpcException {
        Optional<Follow> follow = find(params);
        if (follow.isEmpty()) {
            return Json.NULL;
        }
        Hash hash = params.get(HASH);
        requirePinned(follow.get(), hash);
        return Json.nullable(chain.header(hash), header -> Json.hex(Bytes.wrap(Header.CODEC.encode(header))));
    }

    private JsonValue body(RpcParams params) throws RpcException {
        Optional<Follow> follow = find(params);
        if (follow.isEmpty()) {
            return LIMIT_REACHED;
        }
        Hash hash = params.get(HASH);
        requirePinned(follow.get(), hash);
        return begin(params, follow.get(), 1, operation -> runner.body(follow.get(), operation, hash))
                .map(ChainHeadMethods::started).orElse(LIMIT_REACHED);
    }

    private JsonValue call(RpcParams params) throws RpcException {
        Bytes arguments = hex(params.get(CALL_PARAMETERS));
        Optional<Follow> follow = find(params);
        if (follow.isEmpty()) {
            return LIMIT_REACHED;
        }
        Hash hash = params.get(HASH);
        requirePinned(follow.get(), hash);
        if (!follow.get().withRuntime()) {
            throw WITHOUT_RUNTIME.exception();
        }
        return begin(params, follow.get(), 1,
                operation -> runner.call(follow.get(), operation, hash, params.get(FUNCTION), arguments))
                .map(ChainHeadMethods::started).orElse(LIMIT_REACHED);
    }

    private JsonValue storage(RpcParams params) throws RpcException {
        Optional<Follow> follow = find(params);
        if (follow.isEmpty()) {
            return LIMIT_REACHED;
        }
        var queries = new ArrayList<Query>();
        for (StorageItem item : params.get(ITEMS)) {
            queries.add(new Query(hex(item.key()), item.type(), Optional.empty()));
        }
        Optional<String> childText = params.find(CHILD_TRIE);
        Optional<Bytes> child = childText.isPresent() ? Optional.of(hex(childText.get())) : Optional.empty();
        Hash hash = params.get(HASH);
        requirePinned(follow.get(), hash);
        return begin(params, follow.get(), queries.size(),
                operation -> runner.storage(follow.get(), operation, hash, queries, child))
                .map(operation -> (JsonValue) Json.object().with("result", Json.text("started"))
                        .with("operationId", Json.text(operation.id())).with("discardedItems", Json.number(0)))
                .orElse(LIMIT_REACHED);
    }

    /** Begins an operation that goes on once its id was answered. */
    private static Optional<Operation> begin(RpcParams params, Follow follow, int weight, Consumer<Operation> run) {
        Optional<Operation> begun = follow.operations().begin(weight);
        begun.ifPresent(operation -> params.afterAnswer(
                () -> Thread.ofVirtual().name("rpc-operation").start(() -> run.accept(operation))));
        return begun;
    }

    private static JsonValue started(Operation operation) {
        return Json.object().with("result", Json.text("started")).with("operationId", Json.text(operation.id()));
    }

    private static Bytes hex(String text) throws RpcException {
        return HexText.read(text).orElseThrow(
                () -> new RpcError(RpcError.invalidParams("").code(), "Invalid parameter: " + text).exception());
    }

    private JsonValue unpin(RpcParams params) throws RpcException {
        List<Hash> hashes = params.get(HASH_OR_HASHES);
        Set<Hash> distinct = new HashSet<>(hashes);
        Optional<Follow> follow = find(params);
        if (follow.isEmpty()) {
            return Json.NULL;
        }
        if (distinct.size() < hashes.size()) {
            throw DUPLICATE_HASHES.exception();
        }
        if (!pins.unpin(follow.get(), distinct)) {
            throw INVALID_BLOCK.exception();
        }
        return Json.NULL;
    }

    /** No operation ever waits. */
    private JsonValue continueOperation(RpcParams params) throws RpcException {
        boolean isRunning = find(params).flatMap(follow -> follow.operations().find(params.get(OPERATION))).isPresent();
        if (isRunning) {
            throw NOTHING_TO_CONTINUE.exception();
        }
        return Json.NULL;
    }

    private JsonValue stopOperation(RpcParams params) {
        find(params).flatMap(follow -> follow.operations().find(params.get(OPERATION))).ifPresent(Operation::stop);
        return Json.NULL;
    }
}
