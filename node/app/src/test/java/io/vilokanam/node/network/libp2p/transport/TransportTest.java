package io.vilokanam.node.network.libp2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.ListenException;
import io.vilokanam.node.network.address.Multiaddr;

final class TransportTest {

    private static Multiaddr listen(Transport transport, String address) throws Exception {
        return transport.listen(Multiaddr.parse(address), (_, _) -> false, (_, _, _) -> {
            throw new AssertionError("nobody is admitted");
        });
    }

    @Test
    void listensOnAllAddressesOfBothFamiliesAtOnePort() throws Exception {
        try (Transport transport = new Transport(() -> 0, VolumeLimits.DEFAULT, TlsTrust.OF_MACHINE)) {
            int port = listen(transport, "/ip4/0.0.0.0/tcp/0").endpoint().orElseThrow().port();
            assertEquals("/ip6/::/tcp/" + port, listen(transport, "/ip6/::/tcp/" + port).toString());
            for (String host : new String[]{"127.0.0.1", "::1"}) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(host, port));
                    assertTrue(socket.isConnected());
                }
            }
            try (Transport other = new Transport(() -> 0, VolumeLimits.DEFAULT, TlsTrust.OF_MACHINE)) {
                assertThrows(ListenException.class, () -> listen(other, "/ip4/0.0.0.0/tcp/" + port));
            }
        }
    }
}
