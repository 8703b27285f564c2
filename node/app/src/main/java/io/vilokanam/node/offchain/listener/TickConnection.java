package io.vilokanam.node.offchain.listener;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.offchain.collector.WordBatch;

/**
 * One client of the tick listener, once its WebSocket is open. All words that one read of the socket brought are answered together,
 * on the event loop; where the chain has to be asked or much is to be hashed, the rest goes to a checking thread, and nothing more
 * is read meanwhile, so that answers keep the order of the words. Nor is anything read while answers are not taken. All fields are
 * the event loop's.
 */
final class TickConnection extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(TickConnection.class);

    private static final byte[] NOTHING = new byte[0];

    private final WordDesk desk;
    private final WordDesk.Client client;
    private final WordBatch batch;
    private final Executor checkers;
    private final long stallMillis;
    private final Frame frame = new Frame();
    private byte[] fragments = NOTHING;
    private boolean isFragmented;
    private boolean isChecking;
    private boolean isClosing;
    private boolean wasSilent;
    private Future<?> stall;

    /** {@code batch}: of the event loop, shared by its connections. */
    TickConnection(WordDesk desk, WordBatch batch, Executor checkers, TickListenerOptions options) {
        this.desk = desk;
        this.client = desk.newClient();
        this.batch = batch;
        this.checkers = checkers;
        this.stallMillis = options.stall().toMillis();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        wasSilent = false;
        int words = 0;
        while (mayGoOn(ctx)) {
            switch (frame.look(in)) {
                case PARTIAL -> {
                    answer(ctx, words);
                    return;
                }
                case BROKEN -> {
                    answer(ctx, words);
                    close(ctx, WebSocketCloseStatus.PROTOCOL_ERROR, "a broken frame");
                }
                case TOO_LONG -> {
                    answer(ctx, words);
                    closeAsTooLong(ctx);
                }
                case WHOLE -> {
                    boolean isWords = frame.opcode() == Frame.BINARY && frame.isFinal() && !isFragmented
                            && TickFrames.isWhole(frame.length());
                    boolean hasRoom = frame.length() / TickFrames.WORD_SIZE <= batch.capacity() - words;
                    if (isWords && hasRoom) {
                        int length = frame.length();
                        frame.take(in, batch.words(), words * TickFrames.WORD_SIZE);
                        words += length / TickFrames.WORD_SIZE;
                    } else {
                        answer(ctx, words);
                        words = 0;
                        if (!isWords && mayGoOn(ctx)) {
                            other(ctx, in);
                        }
                    }
                }
            }
        }
        if (isClosing) {
            in.skipBytes(in.readableBytes());
        }
    }

    private boolean mayGoOn(ChannelHandlerContext ctx) {
        return !isChecking && !isClosing && ctx.channel().isWritable();
    }

    /** A frame that is not a whole message of words. */
    private void other(ChannelHandlerContext ctx, ByteBuf in) {
        byte[] content = new byte[frame.length()];
        frame.take(in, content, 0);
        switch (frame.opcode()) {
            case Frame.PING -> ctx.write(control(ctx, Frame.PONG, content));
            case Frame.PONG -> wasSilent = false;
            case Frame.CLOSE -> {
                isClosing = true;
                ctx.writeAndFlush(control(ctx, Frame.CLOSE, content)).addListener(ChannelFutureListener.CLOSE);
            }
            case Frame.TEXT -> close(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "words come in binary messages");
            default -> data(ctx, content);
        }
    }

    private void data(ChannelHandlerContext ctx, byte[] content) {
        if (isFragmented == (frame.opcode() == Frame.BINARY)) {
            close(ctx, WebSocketCloseStatus.PROTOCOL_ERROR, "pieces of two messages in one another");
            return;
        }
        if (fragments.length + content.length > TickFrames.MESSAGE_BYTES_MAX) {
            closeAsTooLong(ctx);
            return;
        }
        byte[] message = Arrays.copyOf(fragments, fragments.length + content.length);
        System.arraycopy(content, 0, message, fragments.length, content.length);
        isFragmented = !frame.isFinal();
        fragments = isFragmented ? message : NOTHING;
        if (isFragmented) {
            return;
        }
        if (!TickFrames.isWhole(message.length)) {
            close(ctx, WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a message is 1 to "
                    + TickFrames.WORDS_PER_MESSAGE_MAX + " words of " + TickFrames.WORD_SIZE + " bytes");
            return;
        }
        System.arraycopy(message, 0, batch.words(), 0, message.length);
        answer(ctx, message.length / TickFrames.WORD_SIZE);
    }

    private void closeAsTooLong(ChannelHandlerContext ctx) {
        close(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message holds at most "
                + TickFrames.WORDS_PER_MESSAGE_MAX + " words");
    }

    private void answer(ChannelHandlerContext ctx, int words) {
        if (words == 0) {
            return;
        }
        batch.count(words);
        int answered = desk.answer(client, batch);
        if (answered > 0) {
            ctx.write(TickFrames.answers(ctx.alloc(), batch, answered), ctx.voidPromise());
        }
        if (answered < words) {
            WordBatch rest = new WordBatch(words - answered);
            rest.count(words - answered);
            System.arraycopy(batch.words(), answered * TickFrames.WORD_SIZE, rest.words(), 0, rest.words().length);
            isChecking = true;
            ctx.channel().config().setAutoRead(false);
            checkers.execute(() -> {
                desk.answerSlowly(client, rest);
                ctx.executor().execute(() -> checked(ctx, rest));
            });
        } else {
            endIfDeaf(ctx);
        }
    }

    private void checked(ChannelHandlerContext ctx, WordBatch rest) {
        isChecking = false;
        ctx.writeAndFlush(TickFrames.answers(ctx.alloc(), rest, rest.count()), ctx.voidPromise());
        endIfDeaf(ctx);
        goOn(ctx);
    }

    private void endIfDeaf(ChannelHandlerContext ctx) {
        if (desk.isDeaf(client) && !isClosing) {
            close(ctx, WebSocketCloseStatus.POLICY_VIOLATION, "too many words");
        }
    }

    /** Looks at what was read before, and reads again. */
    private void goOn(ChannelHandlerContext ctx) {
        if (mayGoOn(ctx) && ctx.channel().isActive()) {
            channelReadAgain(ctx);
            ctx.channel().config().setAutoRead(mayGoOn(ctx));
        }
    }

    private void channelReadAgain(ChannelHandlerContext ctx) {
        boolean wasSilentBefore = wasSilent;
        try {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            exceptionCaught(ctx, e);
        }
        wasSilent &= wasSilentBefore;
        channelReadComplete(ctx);
    }

    /** Not that of the decoder, which would read on although nothing is to be read now. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.flush();
        if (!mayGoOn(ctx)) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            endStall();
            ctx.executor().execute(() -> goOn(ctx));
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
            case IdleStateEvent _ when wasSilent -> drop(ctx, "is silent");
            case IdleStateEvent _ -> {
                wasSilent = true;
                ctx.writeAndFlush(control(ctx, Frame.PING, NOTHING));
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private static void drop(ChannelHandlerContext ctx, String why) {
        LOG.debug("tick client {}: closed", why);
        ctx.close();
    }

    private static ByteBuf control(ChannelHandlerContext ctx, int opcode, byte[] content) {
        return ctx.alloc().buffer(2 + content.length).writeByte(Frame.FINAL | opcode).writeByte(content.length)
                .writeBytes(content);
    }

    private void close(ChannelHandlerContext ctx, WebSocketCloseStatus status, String why) {
        isClosing = true;
        byte[] content = Arrays.copyOf(new byte[]{(byte) (status.code() >> Byte.SIZE), (byte) status.code()},
                Short.BYTES + why.length());
        for (int i = 0; i < why.length(); i++) {
            content[Short.BYTES + i] = (byte) why.charAt(i);
        }
        ctx.writeAndFlush(control(ctx, Frame.CLOSE, content)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        isClosing = true;
        endStall();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("tick connection failed", cause);
        ctx.close();
    }
}
