package io.vilokanam.rpc.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * The answers with status 200 and a JSON text, as bytes: what stands in front of a text is always the same, but for its length.
 * Their headers are those of {@link HttpAnswers}.
 */
final class OkAnswers {

    private static final String LENGTH = HttpHeaderNames.CONTENT_LENGTH + ": ";
    private static final int DIGITS_MAX = 10;

    private final RpcAccess access;
    private final byte[] beforeLength;
    private final byte[] behindLength;

    OkAnswers(RpcAccess access) {
        this.access = access;
        String head = head(Optional.empty(), true);
        int place = head.indexOf(LENGTH) + LENGTH.length();
        this.beforeLength = bytes(head.substring(0, place));
        this.behindLength = bytes(head.substring(place + 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The head of an answer without a body. */
    private String head(Optional<String> origin, boolean isKeepAlive) {
        FullHttpResponse answer = HttpAnswers.shared(HttpAnswers.json(HttpResponseStatus.OK, new byte[0]), access,
                origin,
                false);
        if (!isKeepAlive) {
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        StringBuilder head = new StringBuilder().append(answer.protocolVersion()).append(' ').append(answer.status())
                .append("\r\n");
        answer.headers().forEach(field -> head.append(field.getKey()).append(": ").append(field.getValue())
                .append("\r\n"));
        return head.append("\r\n").toString();
    }

    /** The whole answer to a request that came from {@code origin}. */
    ByteBuf ok(ByteBufAllocator alloc, Optional<String> origin, boolean isKeepAlive, byte[] text) {
        byte[] behind = behindLength;
        if (!isKeepAlive || origin.isPresent() && !access.isAnyOriginAllowed()) {
            String head = head(origin, isKeepAlive);
            behind = bytes(head.substring(head.indexOf(LENGTH) + LENGTH.length() + 1));
        }
        ByteBuf whole = alloc.directBuffer(beforeLength.length + DIGITS_MAX + behind.length + text.length);
        return whole.writeBytes(beforeLength).writeBytes(bytes(Integer.toString(text.length))).writeBytes(behind)
                .writeBytes(text);
    }
}
