package io.vilokanam.rpc.method;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** A reply that a call's own thread waits for. */
final class LateReply implements RpcMethod.Reply {

    private record Outcome(JsonValue result, Optional<RpcError> error) {}

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private LateReply() {}

    /** The answer of a handler that replies later. */
    static JsonValue await(RpcMethod.LateHandler handler, RpcParams params) throws RpcException {
        LateReply reply = new LateReply();
        handler.begin(params, reply);
        Outcome outcome = reply.outcome.join();
        if (outcome.error.isPresent()) {
            throw outcome.error.get().exception();
        }
        return outcome.result;
    }

    @Override
    public void give(JsonValue result) {
        outcome.complete(new Outcome(result, Optional.empty()));
    }

    @Override
    public void refuse(RpcError error) {
        outcome.complete(new Outcome(Json.NULL, Optional.of(error)));
    }
}
