package io.vilokanam.rpc.state;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** How a stock node words that a state cannot be read, or that a runtime call came to nothing. */
public final class ClientErrors {

    private static final int CLIENT_ERROR = 4003;

    private ClientErrors() {}

    /** Of reading storage. */
    static RpcException reading(StateUnavailableException e) {
        return client(e.getMessage());
    }

    /** Of a call through {@code state_call}. */
    static RpcException calling(StateUnavailableException e) {
        return client(callText(e));
    }

    static RpcException calling(RuntimeTrap trap, String method) {
        return client(trapText(trap, method));
    }

    /** Of a call that the node itself knows: metadata, version, fees. */
    static RpcException api(StateUnavailableException e) {
        return client(apiText(e));
    }

    static RpcException client(String text) {
        return new RpcError(CLIENT_ERROR, "Client error: " + text).exception();
    }

    /** What is wrong with the block of a plain runtime call. */
    public static String callText(StateUnavailableException e) {
        return switch (e.reason()) {
            case UNKNOWN_BLOCK -> "UnknownBlock: Expect block number from id: BlockId::Hash(" + e.block() + ")";
            case DISCARDED -> e.getMessage();
        };
    }

    /** What is wrong with the block of a runtime API call. */
    public static String apiText(StateUnavailableException e) {
        return "Api called for an unknown Block: " + switch (e.reason()) {
            case UNKNOWN_BLOCK -> "Header was not found in the database: " + e.block();
            case DISCARDED -> "State already discarded for " + e.block();
        };
    }

    public static String trapText(RuntimeTrap trap, String method) {
        return "Execution failed: " + switch (trap.reason()) {
            case UNKNOWN_METHOD -> "Other: Exported method " + method + " is not found";
            case BAD_ARGUMENTS, PANIC -> "Execution aborted due to trap: " + trap.getMessage();
        };
    }
}
