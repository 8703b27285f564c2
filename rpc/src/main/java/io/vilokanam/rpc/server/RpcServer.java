package io.vilokanam.rpc.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.rpc.backend.HealthProbe;
import io.vilokanam.rpc.method.CallRate;
import io.vilokanam.rpc.method.Dispatcher;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.method.RpcObserver;

/**
 * JSON-RPC 2.0 over HTTP POST and WebSocket on one port, on the wire as a stock node's jsonrpsee. A server listens from
 * {@link #start} to {@link #close}.
 */
public final class RpcServer implements AutoCloseable {

    static final String IDLE = "idle";
    static final String DECODER = "decoder";
    static final String ENCODER = "encoder";
    /** For all clients together so many times as much may wait as for one. */
    static final int TOGETHER = 4;

    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final int ACCEPT_BACKLOG = 1024;
    private static final int HTTP_CHUNK_BYTES_MAX = 64 * 1024;
    private static final int EVENT_LOOPS_MAX = 2;
    private static final long CLOSE_SECONDS_MAX = 5;

    /**
     * Where a server listens.
     *
     * @param address port 0 means a free one
     * @param alternative a second address for the same port, on which not to be able to listen is no fault
     * @param orAnyPort whether a free port is used where this one is taken
     * @param isOptional whether not to be able to listen at all is no fault
     */
    public record Endpoint(InetSocketAddress address, Optional<InetSocketAddress> alternative, boolean orAnyPort,
            boolean isOptional) {

        /** 127.0.0.1 and ::1. */
        public static Endpoint loopback(int port) {
            return new Endpoint(new InetSocketAddress("127.0.0.1", port),
                    Optional.of(new InetSocketAddress("::1", port)), true, false);
        }

        /** All addresses of the machine. */
        public static Endpoint external(int port) {
            return new Endpoint(new InetSocketAddress("0.0.0.0", port), Optional.of(new InetSocketAddress("::", port)),
                    true,
                    false);
        }
    }

    /** What all connections of a server have in common. */
    record Shared(RpcLimits limits, RpcAccess access, OkAnswers answers, CallRunner calls, Semaphore connections,
            AtomicLong lastConnection,
            AtomicInteger sockets, AtomicLong unsentBytes, RpcObserver observer,
            AtomicReference<Optional<HealthProbe>> probe) {

        /** How often the sender of a request may call, if there is a limit. */
        Optional<CallRate> rate(InetSocketAddress remote, HttpHeaders headers) {
            OptionalInt limit = access.rate().of(remote.getAddress(), headers);
            return limit.isPresent() ? Optional.of(new CallRate(limit.getAsInt(), System::nanoTime, calls::pause))
                    : Optional.empty();
        }

        long nextConnection() {
            return lastConnection.incrementAndGet();
        }
    }

    private final Endpoint endpoint;
    private final Shared shared;
    private final MultiThreadIoEventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final List<InetSocketAddress> bound = new ArrayList<>();

    /** A server that nobody observes. */
    public RpcServer(Endpoint endpoint, MethodRegistry registry, RpcLimits limits, RpcAccess access,
            RandomGenerator ids) {
        this(endpoint, registry, limits, access, ids, RpcObserver.NONE);
    }

    /** {@code ids}: where the ids of subscriptions come from; not to be guessed by strangers. */
    public RpcServer(Endpoint endpoint, MethodRegistry registry, RpcLimits limits, RpcAccess access,
            RandomGenerator ids,
            RpcObserver observer) {
        this.endpoint = endpoint;
        var dispatcher = new Dispatcher(registry,
                new Dispatcher.Limits(limits.batchLengthMax(), limits.responseBytesMax(), limits.parameterDepthMax(),
                        limits.requestBytesMax(), limits.messageBuffer()),
                access.isUnsafeAllowed(endpoint.address().getAddress().isLoopbackAddress()), ids, observer);
        this.shared = new Shared(limits, access, new OkAnswers(access), new CallRunner(dispatcher, limits.callsMax()),
                new Semaphore(limits.connectionsMax()), new AtomicLong(), new AtomicInteger(),
                new AtomicLong(), observer, new AtomicReference<>(Optional.empty()));
        int threads = Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors());
        this.loops = new MultiThreadIoEventLoopGroup(threads,
                Thread.ofPlatform().name("rpc-loop-", 0).daemon().factory(), NioIoHandler.newFactory());
    }

    /** Answers {@code /health/live} and {@code /health/readiness} with limits by this from now on. */
    public void probe(HealthProbe probe) {
        shared.probe().set(Optional.of(probe));
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the machine does not let it
     */
    public void start() throws IOException {
        int port;
        try {
            port = listen(endpoint.address(), endpoint.orAnyPort());
        } catch (IOException e) {
            if (endpoint.isOptional()) {
                LOG.debug("RPC does not listen on its optional address address={}", endpoint.address(), e);
                return;
            }
            throw e;
        }
        if (endpoint.alternative().isPresent()) {
            var alternative = new InetSocketAddress(endpoint.alternative().get().getAddress(), port);
            try {
                listen(alternative, false);
            } catch (IOException e) {
                LOG.debug("RPC does not listen on its second address address={}", alternative, e);
            }
        }
    }

    /** The addresses on which the server listens. */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(bound);
    }

    /** The port on which the server listens; it does listen. */
    public int port() {
        return bound.getFirst().getPort();
    }

    private int listen(InetSocketAddress address, boolean orAnyPort) throws IOException {
        ChannelFuture future = bootstrap().bind(address).awaitUninterruptibly();
        if (future.cause() instanceof BindException && orAnyPort && address.getPort() != 0) {
            LOG.warn("RPC port is taken, another one is used port={}", address.getPort());
            return listen(new InetSocketAddress(address.getAddress(), 0), false);
        }
        if (!future.isSuccess()) {
            throw new IOException("cannot listen for RPC on " + address, future.cause());
        }
        channels.add(future.channel());
        var local = (InetSocketAddress) future.channel().localAddress();
        bound.add(local);
        return local.getPort();
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted(channel);
                    }
                });
    }

    private void accepted(Channel channel) {
        RpcLimits limits = shared.limits();
        int sockets = shared.sockets().incrementAndGet();
        channel.closeFuture().addListener(closed -> shared.sockets().decrementAndGet());
        if (sockets > limits.socketsMax()) {
            LOG.debug("RPC connection refused, too many sockets sockets={}", sockets);
            channel.close();
            return;
        }
        channels.add(channel);
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        channel.pipeline()
                .addLast(IDLE, new IdleStateHandler(0, 0, limits.httpIdle().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(DECODER, new HttpRequestDecoder(limits.httpHeaderBytesMax(), limits.httpHeaderBytesMax(),
                        HTTP_CHUNK_BYTES_MAX))
                .addLast(ENCODER, new HttpResponseEncoder())
                .addLast(new HttpSession(shared, port));
    }

    /** Ends all connections and stops listening. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        shared.calls().close();
        loops.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
