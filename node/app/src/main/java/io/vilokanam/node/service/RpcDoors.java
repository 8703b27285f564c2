package io.vilokanam.node.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

import io.vilokanam.rpc.backend.HealthProbe;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.method.RpcObserver;
import io.vilokanam.rpc.server.RpcServer;

/** The servers of the same methods at several places. */
final class RpcDoors implements AutoCloseable {

    private final List<RpcServer> servers;

    RpcDoors(List<NodeConfig.Door> doors, MethodRegistry methods, RandomGenerator ids, RpcObserver observer) {
        this.servers = doors.stream()
                .map(door -> new RpcServer(door.endpoint(), methods, door.limits(), door.access(), ids,
                        observer))
                .toList();
    }

    /**
     * Begins to listen everywhere.
     *
     * @throws IOException if the machine does not let it where it must, or nowhere at all
     */
    void start() throws IOException {
        for (RpcServer server : servers) {
            server.start();
        }
        if (addresses().isEmpty()) {
            throw new IOException("No listen address was successfully bound");
        }
    }

    void probe(HealthProbe probe) {
        servers.forEach(server -> server.probe(probe));
    }

    List<InetSocketAddress> addresses() {
        return servers.stream().flatMap(server -> server.addresses().stream()).toList();
    }

    /** The port of the first address. */
    int port() {
        return addresses().getFirst().getPort();
    }

    @Override
    public void close() {
        servers.forEach(RpcServer::close);
    }
}
