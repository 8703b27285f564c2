package io.vilokanam.rpc.server;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.server.RpcServer.Endpoint;

/** A server with the test methods on a free port. */
final class RunningServer implements AutoCloseable {

    final TestMethods methods = new TestMethods();
    final RpcServer server;

    RunningServer(RpcLimits limits, RpcAccess access) throws IOException {
        server = new RpcServer(Endpoint.loopback(0), new MethodRegistry(List.of(methods)), limits, access,
                new SplittableRandom(1));
        server.start();
    }

    static RunningServer stock() throws IOException {
        return new RunningServer(RpcLimits.STOCK, RpcAccess.DEVELOPMENT);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        methods.held.countDown();
        server.close();
    }
}
