package io.vilokanam.node.network.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.vilokanam.scale.Bytes;

/** What {@code 0.0.0.0} and {@code ::}, on which a node listens, are to those who want to reach it. */
public final class AnyAddress {

    private AnyAddress() {}

    /** Whether the address stands for all of this machine. */
    public static boolean isAny(Multiaddr address) {
        Bytes host = address.layers().getFirst().value();
        return host.equals(Bytes.wrap(new byte[host.size()]));
    }

    /** Where those on an interface reach what is listened on at this address. */
    public static Stream<Multiaddr> at(Multiaddr address, NetworkInterface where) {
        return at(address, where.inetAddresses());
    }

    /**
     * The same for all interfaces. Without addresses of IPv6 that mean something on one link alone; those of this machine come
     * last.
     */
    public static List<Multiaddr> everywhere(Collection<Multiaddr> listening) throws SocketException {
        List<InetAddress> own = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(some -> !some.isLinkLocalAddress()).sorted(Comparator.comparing(InetAddress::isLoopbackAddress))
                .toList();
        return listening.stream().flatMap(address -> at(address, own.stream())).distinct().toList();
    }

    private static Stream<Multiaddr> at(Multiaddr address, Stream<InetAddress> hosts) {
        boolean isIp4 = address.layers().getFirst().kind() == LayerKind.IP4;
        return isAny(address) ? hosts.filter(some -> some instanceof Inet4Address == isIp4).map(address::withHost)
                : Stream.of(address);
    }
}
