package io.vilokanam.rpc.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.json.SharedBuffers;

/** Writes answers and notifications in UTF-8, their members in the order in which jsonrpsee has them. */
public final class ResponseWriter {

    private static final JsonFactory FACTORY = SharedBuffers.factory().build();

    private final int maxBytes;

    /** {@code maxBytes}: what a longer answer is replaced by an error for. */
    public ResponseWriter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** {@code id}: the JSON text of the request's id. */
    public byte[] result(String id, JsonValue result) {
        try {
            return write(maxBytes, out -> {
                out.writeStartObject();
                out.writeStringField("jsonrpc", "2.0");
                out.writeFieldName("id");
                out.writeRawValue(id);
                out.writeFieldName("result");
                result.write(out);
                out.writeEndObject();
            });
        } catch (ResponseTooBigException e) {
            return error(id, RpcError.responseTooBig(maxBytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] error(String id, RpcError error) {
        return unbounded(out -> {
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
        });
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

    public static byte[] notification(String method, String subscription, JsonValue result) {
        return unbounded(out -> {
            out.writeStartObject();
            out.writeStringField("jsonrpc", "2.0");
            out.writeStringField("method", method);
            out.writeObjectFieldStart("params");
            out.writeStringField("subscription", subscription);
            out.writeFieldName("result");
            result.write(out);
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    private static byte[] unbounded(JsonValue value) {
        try {
            return write(Integer.MAX_VALUE, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(int maxBytes, JsonValue value) throws IOException {
        try (var bytes = new BoundedOutput(maxBytes); JsonGenerator out = FACTORY.createGenerator(bytes)) {
            value.write(out);
            out.flush();
            return bytes.toByteArray();
        }
    }
}
