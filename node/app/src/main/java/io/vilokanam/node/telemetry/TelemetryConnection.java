package io.vilokanam.node.telemetry;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import javax.net.ssl.SSLException;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one telemetry server: made again whenever it is lost, after a pause that grows. What is said meanwhile, and
 * what does not fit into the queue, is forgotten: telemetry never holds a node up.
 */
final class TelemetryConnection {

    private static final Logger LOG = LoggerFactory.getLogger("telemetry");

    static final int QUEUE_MAX = 256;
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int CONNECT_MILLIS_MAX = 10_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /**
     * How long to wait before the next attempt.
     *
     * @param first after the first failure; twice as long after each further one
     * @param longest never longer, but for up to half of it that is left to chance
     */
    record Pauses(Duration first, Duration longest) {
        static final Pauses STANDARD = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(20));
    }

    private final TelemetryEndpoint endpoint;
    private final EventLoopGroup loops;
    private final Supplier<byte[]> greeting;
    private final RandomGenerator random;
    private final Pauses pauses;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private volatile boolean isConnected;

    TelemetryConnection(TelemetryEndpoint endpoint, EventLoopGroup loops, Supplier<byte[]> greeting,
            RandomGenerator random, Pauses pauses) {
        this.endpoint = endpoint;
        this.loops = loops;
        this.greeting = greeting;
        this.random = random;
        this.pauses = pauses;
    }

    /** Queues a message of a verbosity, if the server wants it and there is room. Never waits. */
    void send(int verbosity, byte[] message) {
        if (verbosity <= endpoint.verbosity() && isConnected) {
            queue.offer(message);
        }
    }

    /** Connects and sends until the thread is interrupted. */
    void run() throws InterruptedException {
        Duration pause = pauses.first();
        while (!Thread.currentThread().isInterrupted()) {
            if (talk()) {
                pause = pauses.first();
            }
            long jitter = random.nextLong(pause.toMillis() / 2 + 1);
            Thread.sleep(pause.toMillis() + jitter);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(pauses.longest()) > 0 ? pauses.longest() : doubled;
        }
    }

    /** One connection from its begin to its end; answers whether there was one. */
    private boolean talk() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        Channel channel;
        try {
            var connecting = bootstrap(open).connect(endpoint.uri().getHost(), port()).await();
            if (!connecting.isSuccess()) {
                LOG.warn("❌ Error while dialing {}: {}", endpoint.uri(), connecting.cause().getMessage());
                return false;
            }
            channel = connecting.channel();
        } catch (SSLException e) {
            LOG.warn("❌ Error while dialing {}: {}", endpoint.uri(), e.getMessage());
            return false;
        }
        channel.closeFuture().addListener(_ -> open.countDown());
        try {
            if (!open.await(CONNECT_MILLIS_MAX, TimeUnit.MILLISECONDS) || !channel.isActive()) {
                LOG.warn("❌ Error while dialing {}: no WebSocket answers", endpoint.uri());
                return false;
            }
            LOG.debug("✅ Connected to {}", endpoint.uri());
            queue.clear();
            isConnected = true;
            write(channel, greeting.get());
            while (channel.isActive()) {
                byte[] message = queue.poll(1, TimeUnit.SECONDS);
                if (message != null) {
                    write(channel, message);
                }
            }
            LOG.warn("⚠️  Disconnected from {}", endpoint.uri());
            return true;
        } finally {
            isConnected = false;
            channel.close();
        }
    }

    private static void write(Channel channel, byte[] message) throws InterruptedException {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message))).await();
    }

    private int port() {
        return endpoint.uri().getPort() >= 0 ? endpoint.uri().getPort() : isSecure() ? HTTPS : HTTP;
    }

    private boolean isSecure() {
        return endpoint.uri().getScheme().equals("wss");
    }

    private Bootstrap bootstrap(CountDownLatch open) throws SSLException {
        SslContext tls = isSecure() ? SslContextBuilder.forClient().build() : null;
        URI uri = endpoint.uri().getPath().isEmpty() ? endpoint.uri().resolve("/") : endpoint.uri();
        return new Bootstrap().group(loops).channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), uri.getHost(), port()));
                        }
                        channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(ANSWER_BYTES_MAX),
                                new WebSocketClientProtocolHandler(
                                        WebSocketClientHandshakerFactory.newHandshaker(uri, WebSocketVersion.V13, null,
                                                false, new DefaultHttpHeaders(), ANSWER_BYTES_MAX),
                                        WebSocketClientProtocolConfig.newBuilder().handleCloseFrames(true).build()),
                                new Listener(open));
                    }
                });
    }

    /** Waits for the handshake; what servers say afterwards is of no interest. */
    private static final class Listener extends SimpleChannelInboundHandler<WebSocketFrame> {

        private final CountDownLatch open;

        Listener(CountDownLatch open) {
            this.open = open;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                open.countDown();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            LOG.trace("telemetry server says something bytes={}", frame.content().readableBytes());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("telemetry connection failed", cause);
            context.close();
        }
    }
}
