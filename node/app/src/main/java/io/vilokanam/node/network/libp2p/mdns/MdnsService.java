package io.vilokanam.node.network.libp2p.mdns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.node.network.address.AnyAddress;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Loop;

/**
 * Finds nodes of the same local network by multicast DNS: asks on every interface from time to time, answers who asks. Belongs to
 * the loop's thread. Where there is no multicast it finds nobody and says so once in the log.
 */
public final class MdnsService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("sub-libp2p");

    /** The group and port of multicast DNS. */
    public static final InetSocketAddress GROUP = new InetSocketAddress(InetAddress.ofLiteral("224.0.0.251"), 5353);

    /** How long between two questions, once a few were asked. */
    static final Duration QUESTION_EVERY = Duration.ofSeconds(30);
    private static final Duration FIRST_QUESTION = Duration.ofMillis(500);

    /** So many messages are looked at in a second. */
    static final int MESSAGES_MAX = 64;

    private static final int INTERFACES_MAX = 8;
    private static final int NAME_LENGTH = 32;
    private static final int HOPS_MAX = 255;
    private static final int IDS = 1 << 16;
    private static final long SECOND_MILLIS = 1_000;

    private final Loop loop;
    private final EventLoopGroup group;
    private final PeerId self;
    private final RandomGenerator random;
    private final Supplier<List<Multiaddr>> listening;
    private final BiConsumer<PeerId, Collection<Multiaddr>> found;
    private final InetSocketAddress target;
    private final String name;
    private final List<Place> places = new ArrayList<>();
    private long second;
    private int messages;

    /** One interface. */
    private record Place(NetworkInterface where, Channel channel) {}

    /**
     * @param listening where this node listens
     * @param found is told of peers, on the loop
     * @param target {@link #GROUP}, or another one in tests
     */
    public MdnsService(Loop loop, EventLoopGroup group, PeerId self, RandomGenerator random,
            Supplier<List<Multiaddr>> listening, BiConsumer<PeerId, Collection<Multiaddr>> found,
            InetSocketAddress target) {
        this.loop = loop;
        this.group = group;
        this.self = self;
        this.random = random;
        this.listening = listening;
        this.found = found;
        this.target = target;
        StringBuilder some = new StringBuilder();
        while (some.length() < NAME_LENGTH) {
            some.append((char) ('a' + random.nextInt('z' - 'a' + 1)));
        }
        this.name = some.toString();
    }

    /** Joins the group on every interface. Not on the loop: it waits for sockets. */
    public void start() {
        try {
            NetworkInterface.networkInterfaces().filter(MdnsService::isFit).limit(INTERFACES_MAX).forEach(this::join);
        } catch (IOException e) {
            LOG.info("mDNS: the interfaces of this machine cannot be listed: {}", e.getMessage());
        }
        if (places.isEmpty()) {
            LOG.info("mDNS: no interface of this machine can do multicast");
            return;
        }
        loop.after(FIRST_QUESTION, () -> ask(FIRST_QUESTION));
    }

    private static boolean isFit(NetworkInterface some) {
        try {
            return some.isUp() && some.supportsMulticast()
                    && some.inetAddresses().anyMatch(address -> address instanceof Inet4Address);
        } catch (IOException e) {
            LOG.debug("mDNS: interface {} does not say what it is: {}", some.getName(), e.getMessage());
            return false;
        }
    }

    private void join(NetworkInterface where) {
        Channel channel = new Bootstrap().group(group)
                .channelFactory(() -> new NioDatagramChannel(SocketProtocolFamily.INET))
                .option(ChannelOption.SO_REUSEADDR, true).option(ChannelOption.IP_MULTICAST_IF, where)
                .option(ChannelOption.IP_MULTICAST_TTL, HOPS_MAX)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        received(ByteBufUtil.getBytes(packet.content()));
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        LOG.debug("mDNS: interface {}: {}", where.getName(), cause.getMessage());
                    }
                }).bind(target.getPort()).awaitUninterruptibly().channel();
        if (!channel.isActive()) {
            LOG.info("mDNS: port {} cannot be bound", target.getPort());
            return;
        }
        boolean isJoined = ((NioDatagramChannel) channel).joinGroup(target, where).awaitUninterruptibly().isSuccess();
        if (isJoined) {
            places.add(new Place(where, channel));
        } else {
            channel.close();
        }
    }

    /** Often at first, then seldom. */
    private void ask(Duration pause) {
        byte[] query = MdnsMessage.encode(new MdnsMessage.Query(random.nextInt(IDS)), name);
        places.forEach(place -> send(place, query));
        Duration next = pause.multipliedBy(2).compareTo(QUESTION_EVERY) < 0 ? pause.multipliedBy(2) : QUESTION_EVERY;
        loop.after(next, () -> ask(next));
    }

    private void send(Place place, byte[] message) {
        place.channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(message), target))
                .addListener((ChannelFutureListener) done -> {
                    if (!done.isSuccess()) {
                        LOG.debug("mDNS: interface {} does not send: {}", place.where.getName(),
                                done.cause().getMessage());
                    }
                });
    }

    private boolean isTooMuch() {
        long now = loop.nowMillis() / SECOND_MILLIS;
        if (now != second) {
            second = now;
            messages = 0;
        }
        return ++messages > MESSAGES_MAX;
    }

    private void received(byte[] packet) {
        if (isTooMuch()) {
            return;
        }
        try {
            switch (MdnsMessage.decode(packet)) {
                case MdnsMessage.Query(var id) -> places.forEach(place -> send(place,
                        MdnsMessage.encode(new MdnsMessage.Answer(id, addresses(place.where)), name)));
                case MdnsMessage.Answer(var _, var addresses) -> addresses.forEach(address -> address.peer()
                        .filter(peer -> !peer.equals(self))
                        .ifPresent(peer -> found.accept(peer, List.of(address.withoutPeer()))));
            }
        } catch (MdnsException otherService) {
            LOG.trace("mDNS: {}", otherService.getMessage());
        }
    }

    /** Where this node can be reached by those on an interface: "any address" stands for that interface's. */
    private List<Multiaddr> addresses(NetworkInterface where) {
        return listening.get().stream().flatMap(address -> AnyAddress.at(address, where))
                .map(address -> address.withPeer(self)).toList();
    }

    @Override
    public void close() {
        places.forEach(place -> place.channel.close());
    }
}
