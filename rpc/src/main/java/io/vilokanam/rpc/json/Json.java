package io.vilokanam.rpc.json;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Makes JSON values. */
public final class Json {

    public static final JsonValue NULL = JsonGenerator::writeNull;
    public static final JsonValue TRUE = out -> out.writeBoolean(true);
    public static final JsonValue FALSE = out -> out.writeBoolean(false);

    private static final ObjectMapper TREES = new ObjectMapper();
    /** Two characters at once. */
    private static final VarHandle PAIRS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final short PREFIX = '0' << 8 | 'x';
    /** The two hex digits of each byte. */
    private static final short[] DIGIT_PAIRS = digitPairs();

    private Json() {}

    private static short[] digitPairs() {
        byte[] digits = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        short[] pairs = new short[256];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (digits[i >> 4] << 8 | digits[i & 15]);
        }
        return pairs;
    }

    public static JsonValue text(String text) {
        return out -> out.writeString(text);
    }

    /** The JSON text of a string. */
    public static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    public static JsonValue bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    public static JsonValue number(long value) {
        return out -> out.writeNumber(value);
    }

    /** An unsigned 64-bit number. */
    public static JsonValue unsigned(long value) {
        return out -> out.writeNumber(Long.toUnsignedString(value));
    }

    /** {@code 0x} and two lower-case digits a byte. */
    public static JsonText hex(Bytes bytes) {
        byte[] content = bytes.view();
        byte[] text = new byte[4 + 2 * content.length];
        text[0] = '"';
        PAIRS.set(text, 1, PREFIX);
        for (int i = 0; i < content.length; i++) {
            PAIRS.set(text, 3 + 2 * i, DIGIT_PAIRS[content[i] & 255]);
        }
        text[text.length - 1] = '"';
        return JsonText.wrap(text);
    }

    public static JsonText hex(Hash hash) {
        return hex(hash.bytes());
    }

    /** A hex quantity without leading zeros. */
    public static JsonValue quantity(long value) {
        return text("0x" + Long.toHexString(value));
    }

    /** A hex quantity without leading zeros. */
    public static JsonValue quantity(U128 value) {
        return text("0x" + value.toBigInteger().toString(16));
    }

    public static JsonValue tree(JsonNode tree) {
        return out -> TREES.writeTree(out, tree);
    }

    /** The value, or null. */
    public static <T> JsonValue nullable(Optional<T> value, Function<? super T, JsonValue> form) {
        return value.<JsonValue>map(form).orElse(NULL);
    }

    public static <T> JsonValue list(Iterable<T> items, Function<? super T, JsonValue> form) {
        return out -> {
            out.writeStartArray();
            for (T item : items) {
                form.apply(item).write(out);
            }
            out.writeEndArray();
        };
    }

    public static JsonValue list(JsonValue... items) {
        return list(List.of(items), item -> item);
    }

    /** An object without members, to which some are added. */
    public static JsonObject object() {
        return new JsonObject();
    }

    /** An object whose members stand in the order in which they were added. */
    public static final class JsonObject implements JsonValue {

        private record Member(String name, JsonValue value) {}

        private final List<Member> members = new ArrayList<>();

        private JsonObject() {}

        public JsonObject with(String name, JsonValue value) {
            members.add(new Member(name, value));
            return this;
        }

        public JsonObject withFirst(String name, JsonValue value) {
            members.addFirst(new Member(name, value));
            return this;
        }

        @Override
        public void write(JsonGenerator out) throws IOException {
            out.writeStartObject();
            for (Member member : members) {
                out.writeFieldName(member.name);
                member.value.write(out);
            }
            out.writeEndObject();
        }
    }
}
