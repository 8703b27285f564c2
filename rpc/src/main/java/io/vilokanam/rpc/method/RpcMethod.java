package io.vilokanam.rpc.method;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** The declaration of a method, or of a subscription with its methods. */
public sealed interface RpcMethod {

    /** Does what a call asks for; runs on a thread of its own and may block, but for {@link Call#prompt} ones. */
    @FunctionalInterface
    interface Handler {
        JsonValue answer(RpcParams params) throws RpcException;
    }

    /** Takes the answer of a call, once, from any thread. */
    interface Reply {

        void give(JsonValue result);

        void refuse(RpcError error);
    }

    /** Begins what a call asks for, and replies when it is done. Runs where messages are read: it must not block. */
    @FunctionalInterface
    interface LateHandler extends Handler {

        void begin(RpcParams params, Reply reply) throws RpcException;

        @Override
        default JsonValue answer(RpcParams params) throws RpcException {
            return LateReply.await(this, params);
        }
    }

    /**
     * Begins a subscription; what is sent waits until the client has the subscription's id. What the subscription holds is
     * handed to {@link Subscriber#onEnd}, so that it is given up when the subscription ends, or if this throws.
     */
    @FunctionalInterface
    interface Subscribing {
        void start(RpcParams params, Subscriber subscriber) throws RpcException;
    }

    /**
     * The first name is the method's, the others are its aliases. {@code isPrompt}: called without parameters, it answers from
     * memory and waits for nothing. {@code result}: JSON Schema of the answer.
     */
    record Call(List<String> names, List<Parameter<?>> parameters, JsonNode result, boolean isUnsafe, boolean isPrompt,
            Handler handler) implements RpcMethod {

        /** The same with a description of its answer, in the short form of {@link ResultSchema}. */
        public Call returns(String schema) {
            return new Call(names, parameters, ResultSchema.of(schema), isUnsafe, isPrompt, handler);
        }

        /** The same method under one more name. */
        public Call alias(String alias) {
            return new Call(joined(names, alias), parameters, result, isUnsafe, isPrompt, handler);
        }

        /** Not for strangers. */
        public Call unsafe() {
            return new Call(names, parameters, result, true, isPrompt, handler);
        }

        /** Answered from memory when called without parameters, so that a thread of its own would cost more than the answer. */
        public Call prompt() {
            return new Call(names, parameters, result, isUnsafe, true, handler);
        }
    }

    /**
     * {@code notification} is the method under which the subscription's items are sent, {@code item} their JSON Schema.
     */
    record Subscription(List<String> names, String notification, List<String> unsubscribeNames,
            List<Parameter<?>> parameters, JsonNode item, SubscriptionQueue queue, Subscribing subscribing)
            implements RpcMethod {

        /** The same with a description of what is sent, in the short form of {@link ResultSchema}. */
        public Subscription sends(String schema) {
            return new Subscription(names, notification, unsubscribeNames, parameters, ResultSchema.of(schema), queue,
                    subscribing);
        }

        /** One more pair of names. */
        public Subscription alias(String subscribe, String unsubscribe) {
            return new Subscription(joined(names, subscribe), notification, joined(unsubscribeNames, unsubscribe),
                    parameters, item, queue, subscribing);
        }

        public Subscription queue(SubscriptionQueue other) {
            return new Subscription(names, notification, unsubscribeNames, parameters, item, other, subscribing);
        }
    }

    static Call method(String name, Handler handler, Parameter<?>... parameters) {
        return new Call(List.of(name), List.of(parameters), ResultSchema.of("any"), false, false, handler);
    }

    /** A method whose answer takes long and needs no thread meanwhile. */
    static Call lateMethod(String name, LateHandler handler, Parameter<?>... parameters) {
        return method(name, handler, parameters);
    }

    static Subscription subscription(String name, String notification, String unsubscribe, Subscribing subscribing,
            Parameter<?>... parameters) {
        return new Subscription(List.of(name), notification, List.of(unsubscribe), List.of(parameters),
                ResultSchema.of("any"), SubscriptionQueue.LEGACY, subscribing);
    }

    private static List<String> joined(List<String> names, String more) {
        var all = new ArrayList<>(names);
        if (!all.contains(more)) {
            all.add(more);
        }
        return List.copyOf(all);
    }
}
