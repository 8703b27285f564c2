package io.vilokanam.node.offchain.listener;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.WordBatch;

/**
 * The collector's own door: words come in and answers go out as binary WebSocket messages ({@link TickFrames}), beside the
 * node's RPC and its connections. Who sends a word needs no permission: a word proves itself. Listens from {@link #start} to
 * {@link #close}.
 */
public final class TickListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TickListener.class);
    private static final int ACCEPT_BACKLOG = 1_024;
    private static final int HTTP_BYTES_MAX = 8 * 1_024;
    private static final int EVENT_LOOPS_MAX = 2;
    private static final int READ_BYTES_MIN = 64;
    private static final int READ_BYTES_FIRST = 512;
    private static final int READ_BYTES_MAX = 64 * 1_024;
    private static final int CHECKERS_MAX = 2;
    private static final long CLOSE_SECONDS_MAX = 5;

    /** Answers that wait in a connection's buffer: above the second nothing is read, until it falls under the first. */
    private static final WriteBufferWaterMark ANSWERS_WAITING = new WriteBufferWaterMark(32 * 1_024, 64 * 1_024);

    private final InetSocketAddress address;
    private final TickListenerOptions options;
    private final WordDesk desk;
    private final MultiThreadIoEventLoopGroup loops;
    /** Platform threads: checking words uses the processor and must not hold up those that share carriers. */
    private final ExecutorService checkers;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    /** One for all connections of an event loop, as it answers one of them at a time. */
    private final Map<EventLoop, WordBatch> batches = new ConcurrentHashMap<>();
    private InetSocketAddress bound;

    /**
     * @param address port 0 for any free port; where the port is taken, a free one is used instead
     * @param micros microseconds that never go back and are not negative: the time of the token buckets
     */
    public TickListener(InetSocketAddress address, TickCollector collector, TickListenerOptions options,
            LongSupplier micros) {
        this.address = address;
        this.options = options;
        this.desk = new WordDesk(collector, micros, options);
        this.loops = new MultiThreadIoEventLoopGroup(
                Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("tick-loop-", 0).daemon().factory(),
                NioIoHandler.newFactory());
        this.checkers = Executors.newFixedThreadPool(Math.min(CHECKERS_MAX, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("tick-check-", 0).daemon().factory());
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the machine does not let it
     */
    public void start() throws IOException {
        ChannelFuture future = bootstrap().bind(address).awaitUninterruptibly();
        if (future.cause() instanceof BindException && address.getPort() != 0) {
            LOG.warn("tick listener's port is taken, another one is used port={}", address.getPort());
            future = bootstrap().bind(new InetSocketAddress(address.getAddress(), 0)).awaitUninterruptibly();
        }
        if (!future.isSuccess()) {
            throw new IOException("cannot listen for ticks on " + address + ": " + future.cause().getMessage(),
                    future.cause());
        }
        channels.add(future.channel());
        bound = (InetSocketAddress) future.channel().localAddress();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return bound;
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.get();
    }

    /** How many clients were let in since the start. */
    public long accepted() {
        return accepted.sum();
    }

    /** How many clients were turned away as there were too many. */
    public long refused() {
        return refused.sum();
    }

    /** How many words were answered so since the start. */
    public long answered(TickFrames.Code code) {
        return desk.answered(code);
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ANSWERS_WAITING)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted(channel);
                    }
                });
    }

    private void accepted(Channel channel) {
        int count = connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (count > options.connectionsMax()) {
            refused.increment();
            channel.close();
            return;
        }
        accepted.increment();
        channels.add(channel);
        WordBatch batch = batches.computeIfAbsent(channel.eventLoop(),
                _ -> new WordBatch(TickFrames.WORDS_PER_MESSAGE_MAX));
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new IdleStateHandler(options.silence().toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                new HttpServerCodec(), new HttpObjectAggregator(HTTP_BYTES_MAX),
                new Upgrade(new TickConnection(desk, batch, checkers, options), options.handshake()));
    }

    /** Ends all connections and stops listening; words that wait are not looked at any more. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        checkers.close();
        loops.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
