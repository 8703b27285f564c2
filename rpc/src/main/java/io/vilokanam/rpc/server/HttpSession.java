package io.vilokanam.rpc.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.rpc.backend.HealthProbe;
import io.vilokanam.rpc.method.CallRate;
import io.vilokanam.rpc.method.Dispatcher.Answer;
import io.vilokanam.rpc.method.RpcSession;

/**
 * One HTTP client: one request after the other, each answered before the next is read; or its upgrade to a WebSocket. All
 * fields are the event loop's.
 */
final class HttpSession extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSession.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] HEALTH_CALL = "{\"jsonrpc\":\"2.0\",\"method\":\"system_health\",\"id\":0}"
            .getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/json; charset=utf-8",
            "application/json;charset=utf-8", "application/json-rpc", "application/json-rpc; charset=utf-8",
            "application/json-rpc;charset=utf-8");
    private static final int FIRST_BODY_CAPACITY = 1024;

    private enum State {
        IDLE, READING_BODY, SKIPPING_BODY, ANSWERING, ENDED
    }

    private final RpcServer.Shared shared;
    private final int port;

    private State state = State.IDLE;
    private Optional<CallRate> rate = Optional.empty();
    private boolean isRateLimited;
    private boolean hasPermit;
    private boolean isKeepAlive;
    /** Whether only the headers of the answer are wanted. */
    private boolean isHead;
    private Optional<String> origin = Optional.empty();
    private ByteBuf body;
    private FullHttpResponse refusal;
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();
    private boolean isHandlingWaiting;

    HttpSession(RpcServer.Shared shared, int port) {
        this.shared = shared;
        this.port = port;
    }

    /** What comes while a request is answered waits: no more than one read of the socket brought. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        if (state == State.ENDED) {
            ReferenceCountUtil.release(part);
        } else if (state == State.ANSWERING) {
            waiting.addLast((HttpObject) part);
            ctx.channel().config().setAutoRead(false);
        } else {
            try {
                handle(ctx, (HttpObject) part);
            } finally {
                ReferenceCountUtil.release(part);
            }
        }
    }

    private void handle(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuseGrammar(ctx, part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpRequest request) {
            begin(ctx, request);
        }
        if (part instanceof HttpContent content) {
            take(ctx, content);
        }
    }

    private void handleWaiting(ChannelHandlerContext ctx) {
        if (isHandlingWaiting) {
            return; // An answer given at once, within the loop below: it goes on by itself.
        }
        isHandlingWaiting = true;
        while (!waiting.isEmpty() && state != State.ANSWERING) {
            channelRead(ctx, waiting.pollFirst());
        }
        isHandlingWaiting = false;
        if (waiting.isEmpty()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        isKeepAlive = HttpUtil.isKeepAlive(request);
        isHead = request.method().equals(HttpMethod.HEAD);
        origin = Optional.ofNullable(request.headers().get(HttpHeaderNames.ORIGIN));
        if (shared.probe().get().isPresent() && isProbe(request.uri())) {
            probe(request, shared.probe().get().get());
            return;
        }
        if (!shared.access().isHostAllowed(Optional.ofNullable(request.headers().get(HttpHeaderNames.HOST)), port)) {
            refuse(HttpAnswers.foreignHost());
            return;
        }
        String path = path(request.uri());
        if (path.equals("/health") || path.equals("/health/readiness")) {
            health(ctx, request, path.endsWith("readiness"));
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            refuse(HttpAnswers.shared(HttpAnswers.empty(HttpResponseStatus.OK), shared.access(), origin, true));
        } else if (!shared.connections().tryAcquire()) {
            refuse(forBrowsers(HttpAnswers.tooManyConnections()));
        } else {
            hasPermit = true;
            admitted(ctx, request);
        }
    }

    private void admitted(ChannelHandlerContext ctx, HttpRequest request) {
        if (WebSocketHandshake.isUpgrade(request)) {
            upgrade(ctx, request);
        } else if (!request.method().equals(HttpMethod.POST)) {
            refuse(forBrowsers(HttpAnswers.wrongMethod()));
        } else if (!isJson(request.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
            refuse(forBrowsers(HttpAnswers.wrongContentType()));
        } else if (HttpUtil.getContentLength(request, 0L) > shared.limits().requestBytesMax()) {
            tooBig();
        } else {
            if (HttpUtil.is100ContinueExpected(request)) {
                ctx.writeAndFlush(HttpAnswers.empty(HttpResponseStatus.CONTINUE));
            }
            chooseRate(ctx, request);
            state = State.READING_BODY;
            body = Unpooled.EMPTY_BUFFER;
        }
    }

    /** One limit for the whole connection; behind a proxy it may carry requests of clients to whom it does not apply. */
    private void chooseRate(ChannelHandlerContext ctx, HttpRequest request) {
        Optional<CallRate> limit = shared.rate((InetSocketAddress) ctx.channel().remoteAddress(), request.headers());
        isRateLimited = limit.isPresent();
        rate = rate.or(() -> limit);
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        if (state == State.READING_BODY) {
            if (content.content().readableBytes() > shared.limits().requestBytesMax() - body.readableBytes()) {
                tooBig();
            } else {
                gather(ctx, content);
            }
        }
        if (refusal != null && !isKeepAlive) {
            // Nobody waits for what is left of a body that is not wanted.
            answer(ctx, refusal);
        } else if (content instanceof LastHttpContent) {
            if (state == State.READING_BODY) {
                call(ctx);
            } else if (refusal != null) {
                answer(ctx, refusal);
            }
        }
    }

    /** Most bodies come whole: nothing is copied then. */
    private void gather(ChannelHandlerContext ctx, HttpContent content) {
        if (body.capacity() == 0 && content instanceof LastHttpContent) {
            body = content.content().retain();
        } else {
            if (body.capacity() == 0) {
                body = ctx.alloc().heapBuffer(FIRST_BODY_CAPACITY);
            }
            body.writeBytes(content.content());
        }
    }

    private void call(ChannelHandlerContext ctx) {
        state = State.ANSWERING;
        byte[] text = ByteBufUtil.getBytes(body);
        dropBody();
        var session = RpcSession.singleRequest(rate.filter(limit -> isRateLimited));
        shared.calls().run(text, session, done -> onLoop(ctx, () -> called(ctx, done)));
    }

    private static void onLoop(ChannelHandlerContext ctx, Runnable answering) {
        if (ctx.executor().inEventLoop()) {
            answering.run();
        } else {
            try {
                ctx.executor().execute(answering);
            } catch (RejectedExecutionException closed) {
                LOG.debug("an answer comes after the server was closed", closed);
            }
        }
    }

    private void called(ChannelHandlerContext ctx, Answer answer) {
        if (state == State.ENDED) {
            return;
        }
        if (!answer.isRequest()) {
            answer(ctx, forBrowsers(HttpAnswers.json(HttpResponseStatus.BAD_REQUEST, answer.text())));
            return;
        }
        giveBack();
        // Past the encoder: of these there are many, and they differ in nothing but their bodies.
        ByteBuf whole = shared.answers().ok(ctx.alloc(), origin, isKeepAlive, answer.text());
        answered(ctx, ctx.pipeline().context(RpcServer.ENCODER).writeAndFlush(whole));
    }

    private void tooBig() {
        dropBody();
        isKeepAlive = false;
        refuse(forBrowsers(HttpAnswers.json(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                shared.calls().dispatcher().requestTooBig())));
    }

    private void health(ChannelHandlerContext ctx, HttpRequest request, boolean isReadiness) {
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(HttpAnswers.json(HttpResponseStatus.METHOD_NOT_ALLOWED, new byte[0]));
            return;
        }
        state = State.ANSWERING;
        var session = RpcSession.singleRequest();
        shared.calls().run(HEALTH_CALL, session, done -> {
            onLoop(ctx, () -> answer(ctx, healthAnswer(done, isReadiness)));
        });
    }

    /** What stock nodes do not know: they are asked for by supervisors that call the node by any name. */
    private static boolean isProbe(String uri) {
        return path(uri).equals("/health/live") || uri.startsWith("/health/readiness?");
    }

    private void probe(HttpRequest request, HealthProbe probe) {
        boolean isReadiness = path(request.uri()).equals("/health/readiness");
        Optional<HealthLimits> limits = HealthLimits.parse(request.uri());
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(HttpAnswers.json(HttpResponseStatus.METHOD_NOT_ALLOWED, new byte[0]));
        } else if (limits.isEmpty()) {
            refuse(HttpAnswers.json(HttpResponseStatus.BAD_REQUEST,
                    "{\"error\":\"expected max-lag, max-finality-lag and max-age, each a number\"}"
                            .getBytes(StandardCharsets.US_ASCII)));
        } else {
            HealthProbe.Standing standing = probe.standing();
            List<String> violations = limits.get().violations(standing, isReadiness);
            refuse(HttpAnswers.json(
                    violations.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.INTERNAL_SERVER_ERROR,
                    HealthLimits.json(standing, violations).toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static FullHttpResponse healthAnswer(Answer answer, boolean isReadiness) {
        try {
            JsonNode health = JSON.readTree(answer.text()).path("result");
            if (health.isMissingNode()) {
                return HttpAnswers.json(HttpResponseStatus.INTERNAL_SERVER_ERROR, new byte[0]);
            }
            if (!isReadiness) {
                return HttpAnswers.json(HttpResponseStatus.OK, JSON.writeValueAsBytes(health));
            }
            boolean isReady = !health.get("isSyncing").booleanValue() && health.get("peers").intValue() > 0
                    || !health.get("shouldHavePeers").booleanValue();
            return HttpAnswers.json(isReady ? HttpResponseStatus.OK : HttpResponseStatus.INTERNAL_SERVER_ERROR,
                    new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("our own answer is JSON", e);
        }
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        var fault = WebSocketHandshake.fault(request);
        if (fault.isPresent()) {
            refuse(forBrowsers(HttpAnswers.badUpgrade(fault.get())));
            return;
        }
        state = State.ENDED;
        hasPermit = false; // The WebSocket has it from now on.
        var pipeline = ctx.pipeline();
        var limits = shared.limits();
        ctx.writeAndFlush(forBrowsers(WebSocketHandshake.accept(request)));
        pipeline.addLast(new WebSocketDecoder(limits.requestBytesMax()));
        long opened = System.nanoTime();
        shared.observer().sessionOpened();
        Optional<CallRate> limit = shared.rate((InetSocketAddress) ctx.channel().remoteAddress(), request.headers());
        pipeline.addLast(new WebSocketSession(shared, limit, () -> {
            shared.connections().release();
            shared.observer().sessionClosed(Duration.ofNanos(System.nanoTime() - opened));
        }));
        pipeline.remove(RpcServer.IDLE);
        pipeline.remove(RpcServer.ENCODER);
        pipeline.remove(RpcServer.DECODER);
        pipeline.remove(this);
    }

    private void refuseGrammar(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("HTTP request does not parse", cause);
        isKeepAlive = false;
        answer(ctx, HttpAnswers.empty(cause instanceof TooLongFrameException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpResponseStatus.BAD_REQUEST));
    }

    /** To be answered once the rest of the request was read. */
    private void refuse(FullHttpResponse answer) {
        state = State.SKIPPING_BODY;
        refusal = answer;
    }

    private void answer(ChannelHandlerContext ctx, FullHttpResponse answer) {
        if (state == State.ENDED) {
            answer.release();
            return;
        }
        refusal = null;
        giveBack();
        if (!isKeepAlive) {
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (isHead) {
            answer.content().clear();
        }
        answered(ctx, ctx.writeAndFlush(answer));
    }

    /** What the request held: before its answer is seen, or when there will be none. */
    private void giveBack() {
        dropBody();
        releasePermit();
    }

    private void answered(ChannelHandlerContext ctx, ChannelFuture written) {
        if (isKeepAlive) {
            state = State.IDLE;
            handleWaiting(ctx);
        } else {
            state = State.ENDED;
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private FullHttpResponse forBrowsers(FullHttpResponse answer) {
        return HttpAnswers.shared(answer, shared.access(), origin, false);
    }

    private static boolean isJson(String contentType) {
        return contentType != null && JSON_TYPES.contains(contentType.toLowerCase(Locale.ROOT));
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && state != State.ANSWERING) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.ENDED;
        giveBack();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        if (refusal != null) {
            refusal.release();
            refusal = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("HTTP connection failed", cause);
        ctx.close();
    }

    private void dropBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void releasePermit() {
        if (hasPermit) {
            hasPermit = false;
            shared.connections().release();
        }
    }
}
