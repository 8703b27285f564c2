package io.vilokanam.rpc.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** The HTTP answers of a stock node: jsonrpsee's statuses and texts, tower-http's CORS headers. */
final class HttpAnswers {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain";
    private static final String VARY = "origin, access-control-request-method, access-control-request-headers";

    private HttpAnswers() {}

    static FullHttpResponse json(HttpResponseStatus status, byte[] body) {
        return answer(status, JSON, body);
    }

    static FullHttpResponse foreignHost() {
        return text(HttpResponseStatus.FORBIDDEN, "Provided Host header is not whitelisted.\n");
    }

    static FullHttpResponse tooManyConnections() {
        return text(HttpResponseStatus.TOO_MANY_REQUESTS, "Too many connections. Please try again later.");
    }

    static FullHttpResponse wrongMethod() {
        return text(HttpResponseStatus.METHOD_NOT_ALLOWED, "Used HTTP Method is not allowed. POST is required\n");
    }

    static FullHttpResponse wrongContentType() {
        return text(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                "Supplied content type is not allowed. Content-Type: application/json is required\n");
    }

    static FullHttpResponse badUpgrade(String why) {
        return text(HttpResponseStatus.BAD_REQUEST, "Could not upgrade connection: " + why + "\n");
    }

    static FullHttpResponse empty(HttpResponseStatus status) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        return answer;
    }

    /** Lets a browser use the answer. */
    static FullHttpResponse shared(FullHttpResponse answer, RpcAccess access, Optional<String> origin,
            boolean isPreflight) {
        var headers = answer.headers();
        headers.set(HttpHeaderNames.VARY, VARY);
        access.allowOrigin(origin)
                .ifPresent(allowed -> headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowed));
        if (access.isAnyOriginAllowed() && isPreflight) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "*");
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "*");
        } else if (access.isAnyOriginAllowed()) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
        }
        return answer;
    }

    private static FullHttpResponse text(HttpResponseStatus status, String text) {
        return answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static FullHttpResponse answer(HttpResponseStatus status, String type, byte[] body) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return answer;
    }
}
