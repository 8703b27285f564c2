package io.vilokanam.rpc.transaction;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.author.ExtrinsicBytes;
import io.vilokanam.rpc.author.ExtrinsicBytes.NoExtrinsicException;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RandomIds;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;

/** {@code transaction_v1_*}: broadcasts transactions, in silence. */
public final class BroadcastMethods implements MethodFamily {

    /** How many broadcasts a connection may have. */
    static final int PER_CONNECTION_MAX = 16;

    private static final Parameter<Bytes> TRANSACTION = Parameter.required("bytes", ParameterTypes.BYTES);
    private static final Parameter<String> OPERATION = Parameter.required("operationId", ParameterTypes.TEXT);
    private static final RpcError INVALID_ID = new RpcError(-32602, "Invalid operation id");

    private record Running(long connection, Broadcast broadcast, Registration untilDisconnected) {}

    private final ChainBackend chain;
    private final PoolBackend pool;
    private final RandomIds ids;
    private final Map<String, Running> broadcasts = new HashMap<>();

    /** {@code ids}: where the ids of broadcasts come from. */
    public BroadcastMethods(ChainBackend chain, PoolBackend pool, RandomGenerator ids) {
        this.chain = chain;
        this.pool = pool;
        this.ids = new RandomIds(ids);
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("transaction_v1_broadcast", this::broadcast, TRANSACTION).returns("text?"),
                method("transaction_v1_stop", this::stop, OPERATION).returns("null"));
    }

    private JsonValue broadcast(RpcParams params) {
        String id = ids.next();
        Bytes extrinsic;
        try {
            extrinsic = ExtrinsicBytes.wire(params.get(TRANSACTION));
        } catch (NoExtrinsicException e) {
            return hasRoom(params.connection()) ? Json.text(id) : Json.NULL; // Nothing is ever told of it.
        }
        synchronized (this) {
            if (!hasRoom(params.connection())) {
                return Json.NULL;
            }
            Hash hash = Hash.wrap(Blake2b.hash256(extrinsic.view()));
            var broadcast = new Broadcast(chain, pool, extrinsic, hash, () -> forget(id));
            broadcasts.put(id, new Running(params.connection(), broadcast, params.whenDisconnected(broadcast::stop)));
            broadcast.start();
        }
        return Json.text(id);
    }

    private synchronized boolean hasRoom(long connection) {
        return broadcasts.values().stream().filter(running -> running.connection == connection)
                .count() < PER_CONNECTION_MAX;
    }

    private synchronized void forget(String id) {
        Optional.ofNullable(broadcasts.remove(id)).ifPresent(running -> running.untilDisconnected.close());
    }

    private synchronized JsonValue stop(RpcParams params) throws RpcException {
        Running running = broadcasts.get(params.get(OPERATION));
        if (running == null || running.connection != params.connection()) {
            throw INVALID_ID.exception();
        }
        broadcasts.remove(params.get(OPERATION));
        running.untilDisconnected.close();
        running.broadcast.stop();
        return Json.NULL;
    }
}
