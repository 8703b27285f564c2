package io.vilokanam.node.cli.tick;

import picocli.CommandLine.Option;

/** Where the node is that the commands talk to. */
final class NodeOptions {

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://127.0.0.1:9944", description = "The node's JSON-RPC address, http:// or ws:// (default: ${DEFAULT-VALUE}).")
    private String url;

    HttpNodeRpc connect() throws TickFailure {
        return new HttpNodeRpc(url);
    }
}
