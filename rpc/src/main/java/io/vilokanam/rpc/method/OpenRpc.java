package io.vilokanam.rpc.method;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The description of methods that {@code rpc.discover} answers with (OpenRPC 1.3.2), made of the declarations by which they are
 * called. Members beyond OpenRPC: {@code x-aliases}, {@code x-unsafe} for methods that are not for strangers, and for
 * subscriptions {@code x-notification}, {@code x-notification-schema} for what that method brings, and {@code x-unsubscribe}.
 */
final class OpenRpc {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OpenRpc() {}

    static JsonNode document(Collection<RpcMethod> methods) {
        ObjectNode document = JSON.objectNode().put("openrpc", "1.3.2");
        document.putObject("info").put("title", "Vilokanam JSON-RPC").put("version", "1.0.0")
                .put("description",
                        "Methods of a Substrate node, and of tick streams. Over WebSocket all, over HTTP all but "
                                + "subscriptions. Hashes, keys and SCALE bytes are hex with 0x in front.");
        SortedMap<String, JsonNode> sorted = new TreeMap<>();
        methods.forEach(method -> sorted.put(names(method).getFirst(), describe(method)));
        document.putArray("methods").addAll(sorted.values());
        return document;
    }

    private static List<String> names(RpcMethod method) {
        return switch (method) {
            case RpcMethod.Call call -> call.names();
            case RpcMethod.Subscription subscription -> subscription.names();
        };
    }

    private static JsonNode describe(RpcMethod method) {
        List<String> names = names(method);
        String name = names.getFirst();
        ObjectNode description = JSON.objectNode().put("name", name);
        description.putArray("tags").addObject().put("name", name.substring(0, Math.max(0, name.lastIndexOf('_'))));
        description.put("paramStructure", "either");
        switch (method) {
            case RpcMethod.Call call -> {
                parameters(description, call.parameters());
                result(description, call.result());
                if (call.isUnsafe()) {
                    description.put("x-unsafe", true);
                }
            }
            case RpcMethod.Subscription subscription -> {
                parameters(description, subscription.parameters());
                result(description, JSON.objectNode().put("title", "id of the subscription").put("type", "string"));
                description.put("x-notification", subscription.notification());
                description.set("x-notification-schema", subscription.item());
                texts(description, "x-unsubscribe", subscription.unsubscribeNames());
            }
        }
        texts(description, "x-aliases", names.subList(1, names.size()));
        return description;
    }

    private static void parameters(ObjectNode description, List<Parameter<?>> parameters) {
        var list = description.putArray("params");
        for (Parameter<?> parameter : parameters) {
            list.addObject().put("name", parameter.name()).put("required", !parameter.isOptional())
                    .set("schema", parameter.type().schema());
        }
    }

    private static void result(ObjectNode description, JsonNode schema) {
        description.putObject("result").put("name", "result").set("schema", schema);
    }

    private static void texts(ObjectNode description, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            var list = description.putArray(name);
            texts.forEach(list::add);
        }
    }
}
