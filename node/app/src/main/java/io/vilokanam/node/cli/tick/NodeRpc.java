package io.vilokanam.node.cli.tick;

import com.fasterxml.jackson.databind.JsonNode;

/** Calls of a node's JSON-RPC methods. */
interface NodeRpc {

    /**
     * @param params numbers, strings, or what Jackson makes arrays and objects of
     * @throws TickFailure where the node cannot be reached, or answers with an error
     */
    JsonNode call(String method, Object... params) throws TickFailure;
}
