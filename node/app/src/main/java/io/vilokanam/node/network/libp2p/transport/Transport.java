package io.vilokanam.node.network.libp2p.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLEngine;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslHandler;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.ListenException;
import io.vilokanam.node.network.address.LayerKind;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.connection.Wire;
import io.vilokanam.scale.Bytes;

/** TCP, and WebSockets over it, by Netty, all on one thread. */
public final class Transport implements AutoCloseable {

    private static final int CONNECT_MILLIS_MAX = 10_000;
    private static final int UPGRADE_MILLIS_MAX = 10_000;
    private static final int HTTP_BYTES_MAX = 8 << 10;
    /** The longest message of a WebSocket that is taken. */
    private static final int MESSAGE_BYTES_MAX = 1 << 20;
    private static final long CLOSE_MILLIS_MAX = 3_000;

    /** Makes the connection of a channel; {@code direction} and {@code address} say where it came from. */
    @FunctionalInterface
    public interface Connections {
        Connection connect(Direction direction, Multiaddr address, Wire wire);
    }

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            (ThreadFactory) task -> Thread.ofPlatform().name("network").daemon().unstarted(task),
            NioIoHandler.newFactory());
    private final EventLoop thread = group.next();
    private final NettyLoop loop;
    private final Volume volume;
    private final TlsTrust trust;
    private final List<Channel> listeners = new ArrayList<>();

    /** @param trust whose certificates are good where a peer is dialled within TLS */
    public Transport(LongSupplier monotonicMillis, VolumeLimits limits, TlsTrust trust) {
        this.loop = new NettyLoop(thread, monotonicMillis);
        this.volume = new Volume(limits, monotonicMillis);
        this.trust = trust;
    }

    /** The thread that everything belongs to, for sockets of other kinds. */
    public EventLoopGroup group() {
        return group;
    }

    public Loop loop() {
        return loop;
    }

    public Volume volume() {
        return volume;
    }

    /**
     * Listens for TCP and WebSockets alike.
     *
     * @param mayAccept asked on the loop for each new channel, before anything is read
     * @return the address with the port that was bound
     */
    public Multiaddr listen(Multiaddr address, Acceptance mayAccept, Connections connections) throws ListenException {
        Multiaddr.Endpoint endpoint = address.endpoint().filter(known -> known.dress() != Multiaddr.Dress.WSS)
                .orElseThrow(() -> new ListenException(
                        "cannot listen on " + address + ": expected /ip4 or /ip6 and /tcp, with /ws or without", null));
        InetSocketAddress wanted = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (listeners.stream().anyMatch(listener -> hearsAlso((InetSocketAddress) listener.localAddress(), wanted))) {
            return shown(address, wanted, endpoint);
        }
        ServerBootstrap bootstrap = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        InetSocketAddress remote = channel.remoteAddress();
                        if (remote == null
                                || !mayAccept.admit(remote.getAddress(), channel.closeFuture()::addListener)) {
                            channel.close();
                            return;
                        }
                        Multiaddr from = Multiaddr.of(remote.getAddress(), remote.getPort());
                        channel.pipeline().addLast(new FirstByte(some -> serveWebSocket(some, from, connections),
                                some -> some.pipeline().addLast(new ConnectionHandler(some, volume,
                                        wire -> connections.connect(Direction.INBOUND, from, wire)))));
                        thread.schedule(() -> closeIfSilent(channel), UPGRADE_MILLIS_MAX, TimeUnit.MILLISECONDS);
                    }
                });
        ChannelFuture bound = bootstrap.bind(wanted).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ListenException("cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        listeners.add(bound.channel());
        return shown(address, (InetSocketAddress) bound.channel().localAddress(), endpoint);
    }

    /** A socket for any address of IPv4 may serve IPv6 too, and says that it is one for IPv6. */
    private static Multiaddr shown(Multiaddr asked, InetSocketAddress local, Multiaddr.Endpoint endpoint) {
        Multiaddr plain = new Multiaddr(List.of(asked.layers().getFirst(),
                Multiaddr.of(local.getAddress(), local.getPort()).layers().getLast()));
        return endpoint.isWebSocket() ? plain.with(LayerKind.WS, Bytes.EMPTY) : plain;
    }

    /**
     * Where a machine has IPv6, Java's sockets on all addresses hear both families, whichever was asked for; where it has none,
     * nobody can come by the other.
     */
    private static boolean hearsAlso(InetSocketAddress local, InetSocketAddress wanted) {
        return local.getPort() == wanted.getPort() && local.getAddress().isAnyLocalAddress() && !wanted.isUnresolved()
                && wanted.getAddress().isAnyLocalAddress();
    }

    /** Whether another connection may come in. */
    @FunctionalInterface
    public interface Acceptance {
        /** @param closing where to ask for being told of the channel's end */
        boolean admit(InetAddress from, Consumer<ChannelFutureListener> closing);
    }

    /** Ends a channel that has not come as far as to have a connection, which has a timer of its own. */
    private static void closeIfSilent(Channel channel) {
        if (channel.pipeline().get(ConnectionHandler.class) == null) {
            channel.close();
        }
    }

    private void serveWebSocket(Channel channel, Multiaddr from, Connections connections) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder().websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(false).maxFramePayloadLength(MESSAGE_BYTES_MAX)
                .handshakeTimeoutMillis(UPGRADE_MILLIS_MAX).build();
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(HTTP_BYTES_MAX),
                new WebSocketServerProtocolHandler(config), new WebSocketBytes(),
                new Upgraded(() -> addConnection(channel, wire -> connections.connect(Direction.INBOUND,
                        from.with(LayerKind.WS, Bytes.EMPTY), wire))));
    }

    private void addConnection(Channel channel, Function<Wire, Connection> connections) {
        channel.pipeline().addLast(new ConnectionHandler(channel, volume, connections));
    }

    /** Dials; {@code failed} is told why, on the loop, where no connection comes about. */
    public void dial(Multiaddr address, Connections connections, Consumer<String> failed) {
        Multiaddr.Endpoint endpoint = address.endpoint().orElseThrow();
        // Names are looked up on a thread of their own, since that may take its time; certificates are read there too.
        Thread.ofVirtual().name("dial").start(() -> {
            try {
                InetAddress host = Arrays.stream(InetAddress.getAllByName(endpoint.host())).filter(address::admits)
                        .findFirst().orElseThrow(() -> new UnknownHostException(endpoint.host()));
                Optional<SSLEngine> tls = endpoint.dress() == Multiaddr.Dress.WSS
                        ? Optional.of(trust.engine(endpoint.host(), endpoint.port())) : Optional.empty();
                loop.execute(() -> connect(address, endpoint, new InetSocketAddress(host, endpoint.port()), tls,
                        connections, failed));
            } catch (UnknownHostException e) {
                loop.execute(() -> failed.accept("no such host: " + endpoint.host()));
            } catch (GeneralSecurityException e) {
                loop.execute(() -> failed.accept("no TLS: " + e.getMessage()));
            }
        });
    }

    private void connect(Multiaddr address, Multiaddr.Endpoint endpoint, InetSocketAddress target,
            Optional<SSLEngine> tls, Connections connections, Consumer<String> failed) {
        ChannelFuture connecting = new Bootstrap().group(group).channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        tls.ifPresent(engine -> channel.pipeline().addLast(new SslHandler(engine)));
                        if (endpoint.isWebSocket()) {
                            upgrade(channel, endpoint, wire -> connections.connect(Direction.OUTBOUND, address, wire),
                                    failed);
                        }
                    }
                }).connect(target);
        connecting.addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                failed.accept(String.valueOf(done.cause().getMessage()));
            } else if (!endpoint.isWebSocket()) {
                addConnection(done.channel(), wire -> connections.connect(Direction.OUTBOUND, address, wire));
            }
        });
    }

    private void upgrade(Channel channel, Multiaddr.Endpoint endpoint, Function<Wire, Connection> connections,
            Consumer<String> failed) {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(URI.create((endpoint.dress() == Multiaddr.Dress.WSS ? "wss://" : "ws://") + host + ":"
                        + endpoint.port() + "/"))
                .allowExtensions(false)
                .maxFramePayloadLength(MESSAGE_BYTES_MAX).handshakeTimeoutMillis(UPGRADE_MILLIS_MAX).build();
        Upgraded upgraded = new Upgraded(() -> addConnection(channel, connections));
        channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(HTTP_BYTES_MAX),
                new WebSocketClientProtocolHandler(config), new WebSocketBytes(), upgraded);
        channel.closeFuture().addListener(_ -> {
            if (!upgraded.isDone() && channel.localAddress() != null) {
                failed.accept("no upgrade to a WebSocket");
            }
        });
    }

    /** Waits for the end of the HTTP part. */
    private static final class Upgraded extends ChannelInboundHandlerAdapter {

        private final Runnable next;
        private boolean isDone;

        Upgraded(Runnable next) {
            this.next = next;
        }

        boolean isDone() {
            return isDone;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE
                    || event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                isDone = true;
                next.run();
                context.pipeline().remove(this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        listeners.forEach(Channel::close);
        group.shutdownGracefully(0, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS_MAX);
    }
}
