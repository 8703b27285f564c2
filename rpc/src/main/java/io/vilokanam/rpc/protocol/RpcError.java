package io.vilokanam.rpc.protocol;

import java.util.Optional;

/**
 * The {@code error} member of an answer. Codes below -32000 are those of JSON-RPC 2.0 and of the server (jsonrpsee's numbers);
 * method families add their own.
 */
public record RpcError(int code, String message, Optional<String> data) {

    public static final RpcError PARSE_ERROR = new RpcError(-32700, "Parse error");
    public static final RpcError INVALID_REQUEST = new RpcError(-32600, "Invalid request");
    public static final RpcError METHOD_NOT_FOUND = new RpcError(-32601, "Method not found");
    public static final RpcError UNSAFE_METHOD = new RpcError(-32601, "RPC call is unsafe to be called externally");
    public static final RpcError INTERNAL_ERROR = new RpcError(-32603, "Internal error");
    public static final RpcError BATCHES_DISABLED = new RpcError(-32005,
            "Batched requests are not supported by this server");
    public static final RpcError RATE_LIMITED = new RpcError(-32999, "RPC rate limit exceeded");

    public RpcError(int code, String message) {
        this(code, message, Optional.empty());
    }

    public RpcError(int code, String message, String data) {
        this(code, message, Optional.of(data));
    }

    public static RpcError invalidParams(String why) {
        return new RpcError(-32602, "Invalid params", why);
    }

    public static RpcError tooManySubscriptions(int max) {
        return new RpcError(-32006, "Too many subscriptions on the connection", exceeded(max));
    }

    public static RpcError requestTooBig(int maxBytes) {
        return new RpcError(-32007, "Request is too big", exceeded(maxBytes));
    }

    public static RpcError responseTooBig(int maxBytes) {
        return new RpcError(-32008, "Response is too big", exceeded(maxBytes));
    }

    public static RpcError batchTooLong(int max) {
        return new RpcError(-32010, "The batch request was too large", exceeded(max));
    }

    public static RpcError batchResponseTooBig(int maxBytes) {
        return new RpcError(-32011, "The batch response was too large", exceeded(maxBytes));
    }

    private static String exceeded(int max) {
        return "Exceeded max limit of " + max;
    }

    public RpcException exception() {
        return new RpcException(this);
    }
}
