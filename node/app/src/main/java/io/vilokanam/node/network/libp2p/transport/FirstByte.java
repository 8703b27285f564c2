package io.vilokanam.node.network.libp2p.transport;

import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;

/** Looks whether a new connection begins an HTTP upgrade or libp2p at once, so that one port serves both. */
final class FirstByte extends ByteToMessageDecoder {

    private static final byte OF_GET = 'G';

    private final Consumer<Channel> webSocket;
    private final Consumer<Channel> plain;

    /** Each of the two readies the pipeline for what comes. */
    FirstByte(Consumer<Channel> webSocket, Consumer<Channel> plain) {
        this.webSocket = webSocket;
        this.plain = plain;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            ChannelPipeline pipeline = context.pipeline();
            (in.getByte(in.readerIndex()) == OF_GET ? webSocket : plain).accept(context.channel());
            // What was read so far is passed on to the handlers that were just added.
            pipeline.remove(this);
        }
    }
}
