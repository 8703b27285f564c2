package io.vilokanam.node.network.libp2p.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Wire;

/** The end of a channel's pipeline: its bytes go to a connection, the connection's bytes go out. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements Wire {

    /** How long a closed connection may take to write what was queued. */
    private static final int CLOSE_MILLIS_MAX = 2_000;

    private final Channel channel;
    private final Volume volume;
    private final Intake intake;
    private final Connection connection;
    private boolean isFlushDue;

    ConnectionHandler(Channel channel, Volume volume, Function<Wire, Connection> connections) {
        this.channel = channel;
        this.volume = volume;
        this.intake = volume.ofConnection();
        this.connection = connections.apply(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        long pause = volume.received(bytes.length, intake);
        if (pause > 0 && channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), pause, TimeUnit.MILLISECONDS);
        }
        connection.received(bytes);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            connection.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.lost("closed by the other side");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.lost(String.valueOf(cause.getMessage()));
        channel.close();
    }

    @Override
    public void write(byte[] bytes) {
        if (bytes.length > 0) {
            volume.sent(bytes.length);
            channel.write(Unpooled.wrappedBuffer(bytes));
            if (!isFlushDue) {
                isFlushDue = true;
                channel.eventLoop().execute(this::flush);
            }
        }
    }

    private void flush() {
        isFlushDue = false;
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public long pendingBytes() {
        return channel.isActive() ? channel.unsafe().outboundBuffer().totalPendingWriteBytes() : 0;
    }

    @Override
    public void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }
}
