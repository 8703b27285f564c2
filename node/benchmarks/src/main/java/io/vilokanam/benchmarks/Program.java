package io.vilokanam.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node program that takes the flags of Substrate's own: ours, or a stock one.
 *
 * @param executable what is started
 * @param devFlags flags beyond those that both know, to start a dev node that talks to nobody
 */
record Program(String name, Path executable, List<String> devFlags) {

    static Program ours(Path launcher) {
        return new Program("vilokanam", launcher,
                List.of("--listen-addr", "/ip4/127.0.0.1/tcp/0", "--tick-listen-addr", "127.0.0.1:0"));
    }

    static Program stock(Path executable) {
        return new Program("stock", executable,
                List.of("--no-mdns", "--no-telemetry", "--listen-addr", "/ip4/127.0.0.1/tcp/0", "--tmp"));
    }

    /** Imports a file of exported blocks into a new database. */
    List<String> importBlocks(Path rawSpec, Path base, Path blocks) {
        return List.of(executable.toString(), "import-blocks", "--chain", rawSpec.toString(), "--binary", "--base-path",
                base.toString(), blocks.toString());
    }

    /** Runs a development node with nothing on disk that is kept. */
    List<String> dev(int rpcPort) {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "--dev", "--no-prometheus", "--rpc-port",
                Integer.toString(rpcPort)));
        command.addAll(devFlags);
        return command;
    }

    /** The only validator of the development chain, on disk, which makes blocks alone and takes in many peers. */
    List<String> validator(int rpcPort, int peersPort, int peersMax, Path base) {
        return List.of(executable.toString(), "--chain", "dev", "--alice", "--force-authoring", "--base-path",
                base.toString(), "--no-prometheus", "--no-telemetry", "--no-mdns", "--rpc-port",
                Integer.toString(rpcPort), "--listen-addr", "/ip4/127.0.0.1/tcp/" + peersPort, "--in-peers",
                Integer.toString(peersMax), "--unsafe-force-node-key-generation");
    }
}
