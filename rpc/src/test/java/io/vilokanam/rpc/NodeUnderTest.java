package io.vilokanam.rpc;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.fake.FakeNode;
import io.vilokanam.rpc.fake.RecordedChain;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.scale.ScaleException;

/** All methods over the recorded chain, with its first 30 blocks final. */
final class NodeUnderTest implements AutoCloseable {

    final FakeNode node;
    private final RpcServer server;
    private final DescribedAnswers described;

    NodeUnderTest() throws IOException, ScaleException {
        node = new FakeNode(new RecordedChain(30));
        node.chain.version(new RuntimeVersion("vilokanam", "vilokanam", 1, 100, 1, List.of(), 1, 1));
        MethodRegistry registry = registry(node);
        described = new DescribedAnswers(registry);
        server = new RpcServer(RpcServer.Endpoint.loopback(0), registry, RpcLimits.STOCK,
                RpcAccess.DEVELOPMENT, new SplittableRandom(6));
        server.start();
    }

    private static MethodRegistry registry(FakeNode node) {
        return new MethodRegistry(NodeMethods.of(node.backends(), new SplittableRandom(5), true));
    }

    /** All methods, for those who only look at their declarations. */
    static MethodRegistry registry() throws ScaleException {
        return registry(new FakeNode(new RecordedChain(0)));
    }

    int port() {
        return server.port();
    }

    Connection connect() throws IOException {
        return new Connection(server.port(), described);
    }

    @Override
    public void close() {
        server.close();
    }
}
