package io.vilokanam.rpc.server;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.method.ValueReader;

/** Methods of which the tests know the answers. */
final class TestMethods implements MethodFamily {

    private static final Parameter<JsonNode> HASH = Parameter.optional("hash", ValueReader::tree);
    private static final Parameter<JsonNode> ANY = Parameter.required("any", ValueReader::tree);
    private static final Parameter<Long> COUNT = Parameter.required("someCount", ParameterTypes.U32);

    final BlockingQueue<Subscriber> subscribers = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    final CountDownLatch held = new CountDownLatch(1);

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("system_chain", params -> Json.text("Vilokanam Development")),
                method("system_health",
                        params -> Json.object().with("peers", Json.number(0)).with("isSyncing", Json.FALSE)
                                .with("shouldHavePeers", Json.FALSE)),
                method("chain_getBlockHash",
                        params -> Json.text("0x3073129e990bd529da13e45e312db84916601e17682acce4776e80676f4b169b"),
                        HASH),
                method("test_echo", params -> Json.tree(params.get(ANY)), ANY),
                method("test_long", params -> Json.text("x".repeat(Math.toIntExact(params.get(COUNT)))), COUNT)
                        .alias("test_lang"),
                method("test_unsafe", params -> Json.NULL).unsafe(),
                method("test_unsafeCount", params -> Json.NULL, COUNT).unsafe(), method("test_fails", params -> {
                    throw new IllegalStateException("a bug, made for the test");
                }), method("test_waits", params -> {
                    awaitRelease();
                    return Json.NULL;
                }), subscription("chain_subscribeNewHeads", "chain_newHead", "chain_unsubscribeNewHeads",
                        (params, subscriber) -> {
                            subscriber.send(Json.text("first"));
                            subscriber.onEnd(() -> ended.add(subscriber.id()));
                            subscribers.add(subscriber);
                        }).alias("chain_subscribeNewHead", "chain_unsubscribeNewHead"));
    }

    private void awaitRelease() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
