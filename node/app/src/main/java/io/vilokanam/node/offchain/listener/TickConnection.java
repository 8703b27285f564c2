package io.vilokanam.node.offchain.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the tick listener. Messages wait in line until a checking thread takes them, one thread a connection at a
 * time, so that answers keep the order of the words. While a thousand words wait, or answers are not taken, nothing more is
 * read. All fields are the event loop's.
 */
final class TickConnection extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(TickConnection.class);

    /** Bytes that wait for a checking thread beyond which nothing more is read. */
    private static final int WAITING_BYTES_MAX = TickFrames.MESSAGE_BYTES_MAX;

    private final WordDesk desk;
    private final WordDesk.Client client;
    private final Executor checkers;
    private final long stallMillis;
    private final long handshakeMillis;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean isChecking;
    private boolean isClosing;
    private boolean wasSilent;
    private Future<?> stall;
    private Future<?> handshake;

    TickConnection(WordDesk desk, Executor checkers, TickListenerOptions options) {
        this.desk = desk;
        this.client = desk.newClient();
        this.checkers = checkers;
        this.stallMillis = options.stall().toMillis();
        this.handshakeMillis = options.handshake().toMillis();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        handshake = ctx.executor().schedule(() -> drop(ctx, "does not open its WebSocket"), handshakeMillis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        wasSilent = false;
        if (isClosing || frame instanceof PongWebSocketFrame) {
            return;
        }
        if (!(frame instanceof BinaryWebSocketFrame)) {
            close(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "words come in binary messages");
            return;
        }
        ByteBuf content = frame.content();
        if (!TickFrames.isWhole(content.readableBytes())) {
            close(ctx, WebSocketCloseStatus.INVALID_PAYLOAD_DATA,
                    "a message is 1 to " + TickFrames.WORDS_PER_MESSAGE_MAX + " words of " + TickFrames.WORD_SIZE
                            + " bytes");
            return;
        }
        waiting.addLast(ByteBufUtil.getBytes(content));
        waitingBytes += content.readableBytes();
        checkNext(ctx);
    }

    private void checkNext(ChannelHandlerContext ctx) {
        if (!isChecking && !waiting.isEmpty() && !isClosing && ctx.channel().isWritable()) {
            isChecking = true;
            List<byte[]> messages = takeSome();
            checkers.execute(() -> check(ctx, messages));
        }
        ctx.channel().config().setAutoRead(waitingBytes < WAITING_BYTES_MAX && ctx.channel().isWritable());
    }

    /** As many messages as one message of answers can answer, at least one. */
    private List<byte[]> takeSome() {
        List<byte[]> messages = new ArrayList<>();
        int bytes = 0;
        while (!waiting.isEmpty()
                && (bytes == 0 || bytes + waiting.peekFirst().length <= TickFrames.MESSAGE_BYTES_MAX)) {
            bytes += waiting.peekFirst().length;
            messages.add(waiting.pollFirst());
        }
        waitingBytes -= bytes;
        return messages;
    }

    /** On a checking thread. */
    private void check(ChannelHandlerContext ctx, List<byte[]> messages) {
        byte[][] answers = messages.stream().map(message -> desk.answer(client, message)).toArray(byte[][]::new);
        boolean isDeaf = desk.isDeaf(client);
        ctx.executor().execute(() -> {
            isChecking = false;
            ctx.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(answers)), ctx.voidPromise());
            if (isDeaf) {
                close(ctx, WebSocketCloseStatus.POLICY_VIOLATION, "too many words");
            } else {
                checkNext(ctx);
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            endStall();
            checkNext(ctx);
        } else if (stall == null) {
            stall = ctx.executor().schedule(() -> drop(ctx, "does not read its answers"), stallMillis,
                    TimeUnit.MILLISECONDS);
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void endStall() {
        if (stall != null) {
            stall.cancel(false);
            stall = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case WebSocketServerProtocolHandler.HandshakeComplete _ -> handshake.cancel(false);
            case IdleStateEvent _ when wasSilent -> drop(ctx, "is silent");
            case IdleStateEvent _ -> {
                wasSilent = true;
                ctx.writeAndFlush(new PingWebSocketFrame());
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private static void drop(ChannelHandlerContext ctx, String why) {
        LOG.debug("tick client {}: closed", why);
        ctx.close();
    }

    private void close(ChannelHandlerContext ctx, WebSocketCloseStatus status, String why) {
        isClosing = true;
        waiting.clear();
        waitingBytes = 0;
        ctx.writeAndFlush(new CloseWebSocketFrame(status, why)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        isClosing = true;
        waiting.clear();
        handshake.cancel(false);
        endStall();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("tick connection failed", cause);
        ctx.close();
    }
}
