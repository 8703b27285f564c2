package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.transport.TlsTrust;
import io.vilokanam.node.network.libp2p.transport.VolumeLimits;

/** A node behind a web server that ends TLS, as browsers need it, is reached at {@code /dns4/.../tcp/.../wss}. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SecureWebSocketTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int HANDSHAKE_MILLIS_MAX = 20_000;

    @TempDir
    private Path folder;

    /** Keys with a certificate for a name, made by the JDK's own tool. */
    private KeyStore certificate(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        assertEquals(0,
                new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias", "test",
                        "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-validity", "2",
                        "-keystore",
                        file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD))
                        .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile()).start()
                        .waitFor());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Passes on what comes within TLS to a port. */
    private static SSLServerSocket proxy(SSLContext context, int port) throws IOException {
        SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 8,
                InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket outside = server.accept();
                    outside.setSoTimeout(HANDSHAKE_MILLIS_MAX);
                    Socket inside = new Socket("127.0.0.1", port);
                    pass(outside, inside);
                    pass(inside, outside);
                } catch (IOException closed) {
                    assertTrue(server.isClosed(), String.valueOf(closed.getMessage()));
                }
            }
        });
        return server;
    }

    private static void pass(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from; to) {
                byte[] some = new byte[1 << 14];
                for (int length = from.getInputStream().read(some); length >= 0; length = from.getInputStream()
                        .read(some)) {
                    to.getOutputStream().write(some, 0, length);
                    to.getOutputStream().flush();
                }
            } catch (IOException closed) {
                // One of both ends has gone: so does the other.
                assertTrue(from.isClosed());
            }
        });
    }

    private static NetworkConfig dialling(NetworkConfig config, Multiaddr bootnode, TlsTrust trust) {
        return LoopbackConfig.withBootnodes(config, List.of(bootnode)).with(
                new NetworkConfig.Surroundings(Optional.empty(), false, VolumeLimits.DEFAULT, trust));
    }

    private static int port(Multiaddr address) {
        return address.endpoint().orElseThrow().port();
    }

    @Test
    void aNodeIsReachedWithinTls() throws Exception {
        SSLContext good = context(certificate("localhost"));
        try (TestNode server = new TestNode(1, RequestHandler.REFUSES_ALL, config -> config);
                SSLServerSocket proxy = proxy(good, port(server.network.listenAddresses().getFirst()))) {
            Multiaddr address = Multiaddr.parse("/dns4/localhost/tcp/" + proxy.getLocalPort() + "/wss")
                    .withPeer(server.id());
            try (TestNode client = new TestNode(2, RequestHandler.REFUSES_ALL,
                    config -> dialling(config, address, () -> good))) {
                assertEquals(server.id(), TestNode.await(client.leading, TestNode.Told.Opened.class).peer());
                assertEquals(client.id(), TestNode.await(server.leading, TestNode.Told.Opened.class).peer());
            }
        }
    }

    @Test
    void aCertificateForAnotherNameOrOfAStrangerIsRefused() throws Exception {
        SSLContext foreign = context(certificate("elsewhere.example"));
        try (TestNode server = new TestNode(1, RequestHandler.REFUSES_ALL, config -> config);
                SSLServerSocket proxy = proxy(foreign, port(server.network.listenAddresses().getFirst()))) {
            Multiaddr address = Multiaddr.parse("/dns4/localhost/tcp/" + proxy.getLocalPort() + "/wss")
                    .withPeer(server.id());
            for (TlsTrust trust : List.<TlsTrust>of(() -> foreign, TlsTrust.OF_MACHINE)) {
                try (TestNode client = new TestNode(2, RequestHandler.REFUSES_ALL,
                        config -> dialling(config, address, trust))) {
                    assertEquals(null, client.leading.poll(3, TimeUnit.SECONDS));
                }
            }
        }
    }
}
