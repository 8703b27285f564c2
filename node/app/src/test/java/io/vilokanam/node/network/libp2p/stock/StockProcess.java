package io.vilokanam.node.network.libp2p.stock;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.testkit.Refchain;

/** A stock node on loopback for the time of a test. */
public final class StockProcess implements AutoCloseable {

    /** Who it is by its key, whose seed is 31 zeros and a one. */
    public static final String PEER = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

    private static final int LINES_MAX = 50_000;

    private final Process process;
    private final int port;
    private final boolean isWebSocket;
    private final List<String> lines = new ArrayList<>();

    private StockProcess(Process process, int port, boolean isWebSocket) {
        this.process = process;
        this.port = port;
        this.isWebSocket = isWebSocket;
    }

    /** Starts one and waits until it serves; {@code arguments} beside those that keep it on loopback. */
    public static StockProcess start(Path folder, boolean isWebSocket, String... arguments) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(Refchain.stockNode().toString(), "--base-path", folder.toString(),
                        "--no-mdns", "--no-telemetry", "--no-prometheus", "--rpc-port", Integer.toString(freePort()),
                        "--listen-addr", "/ip4/127.0.0.1/tcp/" + port + (isWebSocket ? "/ws" : ""),
                        "--node-key", "00".repeat(31) + "01"));
        command.addAll(List.of(arguments));
        StockProcess stock = new StockProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), port,
                isWebSocket);
        try {
            stock.await("Running JSON-RPC server");
        } catch (IOException e) {
            stock.close();
            throw e;
        }
        Thread.ofVirtual().start(stock::drain);
        return stock;
    }

    /** Reads on so that the node never waits for its log to be read. */
    private void drain() {
        try {
            String line = reader().readLine();
            while (line != null) {
                keep(line);
                line = reader().readLine();
            }
        } catch (IOException e) {
            keep("log ended: " + e.getMessage());
        }
    }

    private synchronized void keep(String line) {
        if (lines.size() < LINES_MAX) {
            lines.add(line);
        }
    }

    private BufferedReader reader() {
        return process.inputReader();
    }

    private void await(String text) throws IOException {
        for (String line = reader().readLine(); line != null; line = reader().readLine()) {
            keep(line);
            if (line.contains(text)) {
                return;
            }
        }
        throw new IOException("the stock node ended before it said '" + text + "': " + log());
    }

    public synchronized String log() {
        return String.join("\n", lines);
    }

    /** Where it listens. */
    public Multiaddr address() {
        try {
            return Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port + (isWebSocket ? "/ws" : "") + "/p2p/" + PEER);
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PeerId peer() {
        try {
            return PeerId.parse(PEER);
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
