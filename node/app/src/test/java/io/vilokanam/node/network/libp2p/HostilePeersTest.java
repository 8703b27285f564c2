package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.TestNode.Told;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;

/** Sockets that speak no libp2p, against a node that has to go on with those who do. */
class HostilePeersTest {

    private static final int SOCKETS = 60;
    private static final int UNKNOWN_MAX = 20;
    private static final int READ_MILLIS_MAX = 20_000;

    private final List<Socket> sockets = new ArrayList<>();
    private TestNode node;
    private TestNode honest;

    @BeforeEach
    void begin() throws Exception {
        node = new TestNode(1, RequestHandler.REFUSES_ALL,
                config -> new NetworkConfig(config.identity(), config.platform(),
                        config.listen(), config.announced(), config.bootnodes(), config.reserved(), config.slots(),
                        config.kademlia(),
                        config.agent(), true, new SwarmLimits(100, UNKNOWN_MAX, 100, 30, 2, SwarmLimits.DEFAULT.idle()),
                        config.streams()));
        honest = new TestNode(2, RequestHandler.REFUSES_ALL, config -> config);
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        honest.close();
        node.close();
    }

    private Socket dial() throws IOException {
        Multiaddr.Endpoint endpoint = node.address().endpoint().orElseThrow();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        socket.setSoTimeout(READ_MILLIS_MAX);
        sockets.add(socket);
        return socket;
    }

    /** Whether the node ends a connection, reading what it may say before. */
    private static boolean isEnded(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketException e) {
            // Reset instead of closed, which is an end as well.
            return true;
        }
    }

    private void assertGoesOn() throws InterruptedException {
        honest.network.reserve(node.id(), List.of(node.address()));
        TestNode.await(honest.leading, Told.Opened.class);
        assertEquals(0, node.faults.size());
    }

    @Test
    void garbageIsCutOffAtOnce() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < SOCKETS; i++) {
            byte[] garbage = new byte[2_000];
            random.nextBytes(garbage);
            garbage[0] = (byte) (0x80 | garbage[0]);
            garbage[1] = (byte) (0x80 | garbage[1]);
            Socket socket = dial();
            socket.getOutputStream().write(garbage);
            assertTrue(isEnded(socket));
        }
        assertGoesOn();
    }

    @Test
    void anUpgradeThatIsNoneIsCutOff() throws Exception {
        Socket socket = dial();
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(isEnded(socket));
        Socket large = dial();
        large.getOutputStream()
                .write(("GET / HTTP/1.1\r\nX: " + "y".repeat(100_000)).getBytes(StandardCharsets.US_ASCII));
        assertTrue(isEnded(large));
        assertGoesOn();
    }

    @Test
    void thoseWhoSayNothingAreFewAndLeftAfterTenSeconds() throws Exception {
        byte[] header = "\u0013/multistream/1.0.0\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < SOCKETS; i++) {
            Socket socket = dial();
            try {
                socket.getOutputStream().write(header);
            } catch (IOException e) {
                // Beyond the limit it may be closed already.
                assertTrue(i >= UNKNOWN_MAX, e.getMessage());
            }
        }
        for (Socket socket : sockets) {
            assertTrue(isEnded(socket));
        }
        assertGoesOn();
    }
}
