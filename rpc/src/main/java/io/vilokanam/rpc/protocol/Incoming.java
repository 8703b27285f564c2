package io.vilokanam.rpc.protocol;

/** One request of a client, as far as its envelope goes. */
public sealed interface Incoming {

    /** A request that wants an answer; {@code id} is the JSON text of its id. */
    record Call(String id, String method, RawParams params) implements Incoming {}

    /** A request without an id: it is not answered, and as in jsonrpsee not executed either. */
    record Notification() implements Incoming {}

    /** Something else; {@code id} is the JSON text of its id as far as one could be read, else {@code null}. */
    record Refused(String id, RpcError error) implements Incoming {}
}
