package io.vilokanam.node.network.libp2p.stock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.ConnectionListener;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.transport.TlsTrust;
import io.vilokanam.node.network.libp2p.transport.Transport;
import io.vilokanam.node.network.libp2p.transport.VolumeLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

class StockConnectionTest {

    private static final String PING = "/ipfs/ping/1.0.0";
    private static final long WAIT_SECONDS = 20;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"libp2p, false", "litep2p, false", "litep2p, true"})
    void aStockNodeShakesHandsAndEchoesPings(String backend, boolean isWebSocket) throws Exception {
        try (StockProcess stock = StockProcess.start(folder, isWebSocket, "--chain", "dev", "--network-backend",
                backend);
                Transport transport = new Transport(() -> System.nanoTime() / 1_000_000, VolumeLimits.DEFAULT,
                        TlsTrust.OF_MACHINE)) {
            Connection.Setup setup = new Connection.Setup(Ed25519KeyPair.fromSeed(new byte[32]), new SecureRandom(),
                    transport.loop(), YamuxLimits.DEFAULT);
            transport.dial(stock.address(), (direction, address, wire) -> new Connection(setup,
                    new Connection.Origin(direction, address, Optional.of(StockProcess.peer())), wire, new Pinger()),
                    told::add);
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                heard.add(told.poll(WAIT_SECONDS, TimeUnit.SECONDS));
            }
            assertTrue(heard.contains("opened"), heard::toString);
            assertTrue(heard.contains("echo " + Bytes.hex(new byte[32])), heard::toString);
            assertTrue(heard.contains("asked for /ipfs/id/1.0.0"), heard::toString);
        }
    }

    /** Pings once. */
    private final class Pinger implements ConnectionListener {

        @Override
        public void opened(Connection connection) {
            told.add("opened");
            connection.open(List.of(PING), opening -> {
                if (opening instanceof Opening.Open(var stream, _)) {
                    stream.listen(this::read);
                    stream.write(new byte[32]);
                } else {
                    told.add(opening.toString());
                }
            });
        }

        private void read(YamuxStream stream) {
            if (stream.unread().size() >= 32) {
                told.add("echo " + Bytes.hex(stream.unread().takeAll()));
            }
        }

        /** libp2p's ping answers nobody who does not answer it. */
        @Override
        public boolean isSpoken(String protocol) {
            if (protocol.equals("/ipfs/id/1.0.0")) {
                told.add("asked for " + protocol);
            }
            return protocol.equals(PING);
        }

        @Override
        public void accepted(Connection connection, YamuxStream stream, String protocol) {
            stream.listen(_ -> stream.write(stream.unread().takeAll()));
            stream.write(stream.unread().takeAll());
        }

        @Override
        public void broke(Connection connection) {
            told.add("broke the rules");
        }

        @Override
        public void ended(Connection connection, String reason) {
            told.add("ended: " + reason);
        }
    }
}
