package io.vilokanam.rpc.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.vilokanam.rpc.json.JsonText;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.json.SharedBuffers;

/** Writes answers and notifications in UTF-8, their members in the order in which jsonrpsee has them. */
public final class ResponseWriter {

    private static final JsonFactory FACTORY = SharedBuffers.factory().build();

    private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] BEFORE_RESULT = ascii(",\"result\":");
    private static final byte[] END = ascii("}");
    private static final byte[] END_OF_NOTIFICATION = ascii("}}");

    private final int maxBytes;

    /** {@code maxBytes}: what a longer answer is replaced by an error for. */
    public ResponseWriter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** {@code id}: the JSON text of the request's id. */
    public byte[] result(String id, JsonValue result) {
        if (result instanceof JsonText text) {
            byte[] idText = id.getBytes(StandardCharsets.UTF_8);
            long size = (long) BEFORE_ID.length + idText.length + BEFORE_RESULT.length + text.utf8().length
                    + END.length;
            return size > maxBytes ? error(id, RpcError.responseTooBig(maxBytes))
                    : joined(BEFORE_ID, idText, BEFORE_RESULT, text.utf8(), END);
        }
        try (var bytes = new BoundedOutput(maxBytes); JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("jsonrpc", "2.0");
            out.writeFieldName("id");
            out.writeRawValue(id);
            out.writeFieldName("result");
            result.write(out);
            out.writeEndObject();
            out.flush();
            return bytes.toByteArray();
        } catch (ResponseTooBigException e) {
            return error(id, RpcError.responseTooBig(maxBytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] error(String id, RpcError error) {
        return JsonText.of(out -> {
            out.writeStartObject();
            out.writeStringField("jsonrpc", "2.0");
            out.writeFieldName("id");
            out.writeRawValue(id);
            out.writeObjectFieldStart("error");
            out.writeNumberField("code", error.code());
            out.writeStringField("message", error.message());
            if (error.data().isPresent()) {
                out.writeStringField("data", error.data().get());
            }
            out.writeEndObject();
            out.writeEndObject();
        }).utf8();
    }

    /** Joins the answers of a batch, or gives the error that stands for them all if they are too long together. */
    public byte[] batch(List<byte[]> answers) {
        long size = 1 + answers.size();
        for (byte[] answer : answers) {
            size += answer.length;
        }
        if (size > maxBytes) {
            return error("null", RpcError.batchResponseTooBig(maxBytes));
        }
        var joined = new ByteArrayOutputStream((int) size);
        for (int i = 0; i < answers.size(); i++) {
            joined.write(i == 0 ? '[' : ',');
            joined.writeBytes(answers.get(i));
        }
        joined.write(']');
        return joined.toByteArray();
    }

    /** What all notifications of a subscription begin with; {@code method} and {@code subscription} in plain letters and digits. */
    public static byte[] notificationHead(String method, String subscription) {
        return ascii("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"subscription\":\"" + subscription
                + "\",\"result\":");
    }

    /** {@code head}: of {@link #notificationHead}. */
    public static byte[] notification(byte[] head, JsonValue result) {
        return joined(head, JsonText.of(result).utf8(), END_OF_NOTIFICATION);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size = Math.addExact(size, part.length);
        }
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

}
