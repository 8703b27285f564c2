package io.vilokanam.node.rpc;

import static io.vilokanam.node.network.libp2p.stock.StockProcess.freePort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.vilokanam.testkit.Refchain;

/** A stock node in a process of its own; closing it ends it. */
final class StockProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final String SERVES = "Running JSON-RPC server";

    private final Process process;
    private final int rpcPort;

    /** Starts one, without network, and waits until it serves RPC. Skips the test where there is no stock node. */
    StockProcess(Path folder, String... flags) throws IOException, InterruptedException {
        Path program = Refchain.stockNode();
        rpcPort = freePort();
        List<String> command = new ArrayList<>(List.of(program.toString(), "--base-path", folder.toString(),
                "--no-mdns",
                "--no-telemetry", "--no-prometheus", "--listen-addr", "/ip4/127.0.0.1/tcp/" + freePort(), "--rpc-port",
                Integer.toString(rpcPort)));
        command.addAll(List.of(flags));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CountDownLatch isServing = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> process.inputReader().lines().filter(line -> line.contains(SERVES))
                .forEach(_ -> isServing.countDown()));
        if (!isServing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            close();
            throw new IOException("the stock node does not serve RPC after " + PATIENCE_SECONDS + " s");
        }
    }

    int rpcPort() {
        return rpcPort;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
