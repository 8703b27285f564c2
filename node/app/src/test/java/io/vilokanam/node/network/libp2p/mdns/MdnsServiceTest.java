package io.vilokanam.node.network.libp2p.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.transport.TlsTrust;
import io.vilokanam.node.network.libp2p.transport.Transport;
import io.vilokanam.node.network.libp2p.transport.VolumeLimits;

/** Two nodes of one machine find each other, where its network can do multicast. */
final class MdnsServiceTest {

    private static final int WAIT_SECONDS = 20;

    private static boolean hasMulticast() throws Exception {
        return NetworkInterface.networkInterfaces().anyMatch(some -> {
            try {
                return some.isUp() && !some.isLoopback() && some.supportsMulticast()
                        && some.inetAddresses().anyMatch(address -> address instanceof Inet4Address);
            } catch (SocketException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static PeerId peer(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return PeerId.ofEd25519(key);
    }

    private static MdnsService service(Transport transport, int seed, InetSocketAddress group, String listening,
            CompletableFuture<String> found) throws Exception {
        List<Multiaddr> addresses = List.of(Multiaddr.parse(listening));
        return new MdnsService(transport.loop(), transport.group(), peer(seed), new SecureRandom(), () -> addresses,
                (peer, where) -> found.complete(peer + " " + where.iterator().next()), group);
    }

    @Test
    void nodesOfOneNetworkFindEachOther() throws Exception {
        assumeTrue(hasMulticast());
        InetSocketAddress group = new InetSocketAddress(MdnsService.GROUP.getAddress(), freePort());
        CompletableFuture<String> byOne = new CompletableFuture<>();
        CompletableFuture<String> byTwo = new CompletableFuture<>();
        try (Transport transport = new Transport(() -> System.nanoTime() / 1_000_000, VolumeLimits.DEFAULT,
                TlsTrust.OF_MACHINE);
                MdnsService one = service(transport, 1, group, "/ip4/10.0.0.1/tcp/1001", byOne);
                MdnsService two = service(transport, 2, group, "/ip4/10.0.0.2/tcp/1002/ws", byTwo)) {
            one.start();
            two.start();
            assertEquals(peer(2) + " /ip4/10.0.0.2/tcp/1002/ws", byOne.get(WAIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(peer(1) + " /ip4/10.0.0.1/tcp/1001", byTwo.get(WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }
}
