package io.vilokanam.rpc.server;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.rpc.method.CallRate;
import io.vilokanam.rpc.method.Dispatcher.Answer;
import io.vilokanam.rpc.method.Outbox;
import io.vilokanam.rpc.method.RpcSession;

/**
 * One WebSocket client. Calls run on their own threads and are answered in the order in which they finish, as with a stock
 * node. What goes out waits in one queue until the socket takes it; while too much of it waits, nothing more is read.
 *
 * <p>All fields but the queue are the event loop's.
 */
final class WebSocketSession extends SimpleChannelInboundHandler<WebSocketFrame> implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);
    private static final int OP_TEXT = 0x81;
    private static final int OP_CLOSE = 0x88;
    private static final int OP_PING = 0x89;
    private static final int OP_PONG = 0x8a;
    private static final int FRAME_HEADER_BYTES_MAX = 10;
    /** A longer message is sent from where it stands. */
    private static final int COPIED_BYTES_MAX = 4096;
    private static final byte[] PROTOCOL_ERROR = {0x03, (byte) 0xea};
    private static final byte[] NOTHING = new byte[0];

    private final RpcLimits limits;
    private final CallRunner calls;
    private final RpcSession session;
    private final Runnable onClosed;
    private final Queue<Queued> outgoing = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isDrainPlanned = new AtomicBoolean();
    private final AtomicInteger unsent = new AtomicInteger();
    private final AtomicLong unsentBytes = new AtomicLong();
    /** Of all connections together. */
    private final AtomicLong allUnsentBytes;

    private record Queued(Outgoing message, int bytes) {}

    private ChannelHandlerContext ctx;
    private final ArrayDeque<byte[]> unanswered = new ArrayDeque<>();
    private int underWay;
    private long lastSignNanos;
    private int failedPings;
    private boolean isClosing;
    private ScheduledFuture<?> nextPing;
    /** Whether nothing can be sent any more; read by all threads. */
    private volatile boolean isGone;

    WebSocketSession(RpcServer.Shared shared, Optional<CallRate> rate, Runnable onClosed) {
        this.limits = shared.limits();
        this.calls = shared.calls();
        this.allUnsentBytes = shared.unsentBytes();
        this.onClosed = onClosed;
        this.session = RpcSession.lasting(shared.nextConnection(), this, limits.subscriptionsPerConnectionMax(), rate);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        lastSignNanos = System.nanoTime();
        planPing();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        lastSignNanos = System.nanoTime();
        failedPings = 0;
        if (isClosing) {
            return;
        }
        switch (frame) {
            case WebSocketFrame.Message(var content) -> {
                unanswered.addLast(content);
                startCalls();
            }
            case WebSocketFrame.TooBig() -> {
                byte[] text = calls.dispatcher().requestTooBig();
                answer(text);
            }
            case WebSocketFrame.Ping(var content) -> ctx.writeAndFlush(frame(OP_PONG, content));
            case WebSocketFrame.Pong() -> {
                /* a sign of life, noted above */ }
            case WebSocketFrame.Close(var content) -> close(content.length >= 2 ? content : NOTHING);
            case WebSocketFrame.Violation(var what) -> {
                LOG.debug("WebSocket client broke the protocol: {}", what);
                close(PROTOCOL_ERROR);
            }
        }
    }

    /** Starts what was read, as far as the client took the answers to what came before. */
    private void startCalls() {
        while (!unanswered.isEmpty() && underWay + unsent.get() < limits.messageBuffer()) {
            underWay++;
            calls.run(unanswered.pollFirst(), session, this::finished);
        }
        readOn();
    }

    /** Reads only while all that was read is being answered and the client takes what it is sent, pongs too. */
    private void readOn() {
        ctx.channel().config().setAutoRead(unanswered.isEmpty() && ctx.channel().isWritable());
    }

    private void finished(Answer answer) {
        if (answer.text().length > 0) {
            answer(answer.text());
        }
        answer.handedOver();
        onLoop(() -> {
            underWay--;
            startCalls();
        });
    }

    /** Runs on the connection's own thread; nothing runs any more where the server was closed while a call was under way. */
    private void onLoop(Runnable work) {
        try {
            ctx.executor().execute(work);
        } catch (RejectedExecutionException closed) {
            outgoing.clear();
        }
    }

    private void answer(byte[] text) {
        send(() -> Optional.of(text), text.length);
    }

    @Override
    public Executor writer() {
        return ctx.executor();
    }

    @Override
    public void send(Outgoing message, int bytes) {
        unsent.incrementAndGet();
        count(bytes);
        outgoing.add(new Queued(message, bytes));
        if (isGone) {
            dropOutgoing();
        } else if (isDrainPlanned.compareAndSet(false, true)) {
            onLoop(this::drain);
        }
    }

    private void count(long bytes) {
        unsentBytes.addAndGet(bytes);
        allUnsentBytes.addAndGet(bytes);
    }

    /** Whether too much waits for this client, or for all together and for this one its part of that. */
    private boolean isTooMuchUnsent() {
        long max = limits.outboundBytesMax();
        return unsentBytes.get() > max || allUnsentBytes.get() > RpcServer.TOGETHER * max
                && unsentBytes.get() > RpcServer.TOGETHER * max / Math.max(1, limits.connectionsMax());
    }

    /** Writes all that the socket takes and flushes once. */
    private void drain() {
        isDrainPlanned.set(false);
        var channel = ctx.channel();
        boolean hasWritten = false;
        while (channel.isWritable() && !outgoing.isEmpty()) {
            Queued next = outgoing.poll();
            unsent.decrementAndGet();
            count(-next.bytes);
            Optional<byte[]> text = next.message.take();
            if (text.isPresent() && !isClosing) {
                ctx.write(frame(OP_TEXT, text.get()), ctx.voidPromise());
                hasWritten = true;
            }
        }
        if (hasWritten) {
            ctx.flush();
        }
        if (isTooMuchUnsent()) {
            LOG.debug("WebSocket client does not read: closed with {} bytes unsent", unsentBytes.get());
            ctx.close();
        } else if (!unanswered.isEmpty()) {
            startCalls();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            drain();
        }
        readOn();
        context.fireChannelWritabilityChanged();
    }

    private void planPing() {
        nextPing = ctx.executor().schedule(this::ping, limits.pingInterval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ping() {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (System.nanoTime() - lastSignNanos > limits.silenceMax().toNanos()) {
            failedPings++;
        }
        if (failedPings >= limits.failedPingsMax()) {
            LOG.debug("WebSocket client is silent: closed");
            ctx.close();
            return;
        }
        ctx.writeAndFlush(frame(OP_PING, NOTHING));
        planPing();
    }

    private void close(byte[] reason) {
        isClosing = true;
        ctx.writeAndFlush(frame(OP_CLOSE, reason)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isClosing = true;
        isGone = true;
        nextPing.cancel(false);
        unanswered.clear();
        dropOutgoing();
        session.close();
        onClosed.run();
        context.fireChannelInactive();
    }

    private void dropOutgoing() {
        for (Queued left = outgoing.poll(); left != null; left = outgoing.poll()) {
            count(-left.bytes);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("WebSocket connection failed", cause);
        context.close();
    }

    private ByteBuf frame(int firstByte, byte[] content) {
        int length = content.length;
        boolean isCopied = length < COPIED_BYTES_MAX;
        ByteBuf header = ctx.alloc().buffer(FRAME_HEADER_BYTES_MAX + (isCopied ? length : 0));
        header.writeByte(firstByte);
        if (length < 126) {
            header.writeByte(length);
        } else if (length < 1 << 16) {
            header.writeByte(126).writeShort(length);
        } else {
            header.writeByte(127).writeLong(length);
        }
        return isCopied ? header.writeBytes(content)
                : Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(content));
    }
}
