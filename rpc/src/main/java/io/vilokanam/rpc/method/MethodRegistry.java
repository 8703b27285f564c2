package io.vilokanam.rpc.method;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;

/** All methods of a server by name, {@code rpc_methods}, which lists them, and {@code rpc.discover}, which describes them. */
public final class MethodRegistry {

    /** What a name stands for. */
    sealed interface Entry {

        record Call(RpcMethod.Call method) implements Entry {}

        record Subscribe(RpcMethod.Subscription subscription) implements Entry {}

        record Unsubscribe(RpcMethod.Subscription subscription) implements Entry {}
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final List<String> names;
    private final JsonNode description;

    /**
     * Gathers the methods of some families.
     *
     * @throws IllegalArgumentException if a name is taken twice
     */
    public MethodRegistry(Collection<? extends MethodFamily> families) {
        List<RpcMethod> methods = new ArrayList<>();
        families.forEach(family -> methods.addAll(family.methods()));
        methods.add(RpcMethod.method("rpc_methods", params -> listing()).returns("{methods:[text]}"));
        methods.add(RpcMethod.method("rpc.discover", params -> Json.tree(description()))
                .returns("{openrpc:text,info:any,methods:[any]}"));
        methods.forEach(this::add);
        description = OpenRpc.document(methods);
        names = List.copyOf(new TreeSet<>(entries.keySet()));
    }

    /** All methods in the form of OpenRPC, which {@code rpc.discover} answers with. */
    public JsonNode description() {
        return description;
    }

    /** All names, sorted, aliases and unsubscribing methods too. */
    public List<String> names() {
        return names;
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    private JsonValue listing() {
        return Json.object().with("methods", Json.list(names, Json::text));
    }

    private void add(RpcMethod method) {
        switch (method) {
            case RpcMethod.Call call -> call.names().forEach(name -> put(name, new Entry.Call(call)));
            case RpcMethod.Subscription subscription -> {
                subscription.names().forEach(name -> put(name, new Entry.Subscribe(subscription)));
                subscription.unsubscribeNames().forEach(name -> put(name, new Entry.Unsubscribe(subscription)));
            }
        }
    }

    private void put(String name, Entry entry) {
        if (entries.put(name, entry) != null) {
            throw new IllegalArgumentException("two methods of the name " + name);
        }
    }
}
