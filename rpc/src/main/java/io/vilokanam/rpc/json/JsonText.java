package io.vilokanam.rpc.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** A JSON value whose text is at hand: an answer takes it over as it is, and many answers may share it. */
public final class JsonText implements JsonValue {

    private static final JsonFactory FACTORY = SharedBuffers.factory().build();

    private final byte[] utf8;

    private JsonText(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** {@code utf8}: one value, in quotes where it is a string; taken over, not copied. */
    static JsonText wrap(byte[] utf8) {
        return new JsonText(utf8);
    }

    /** The text of a value, made now. */
    public static JsonText of(JsonValue value) {
        if (value instanceof JsonText text) {
            return text;
        }
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            value.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all", e);
        }
        return new JsonText(bytes.toByteArray());
    }

    /** The text in UTF-8; not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        if (utf8[0] == '"') {
            out.writeRawUTF8String(utf8, 1, utf8.length - 2);
        } else {
            out.writeRawValue(new String(utf8, StandardCharsets.UTF_8));
        }
    }
}
