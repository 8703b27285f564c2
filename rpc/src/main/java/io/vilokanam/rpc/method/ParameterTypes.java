package io.vilokanam.rpc.method;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** The types that parameters of many methods have. Refusals are worded as serde and impl-serde word them. */
public final class ParameterTypes {

    private static final String BYTES_EXPECTED = "a (both 0x-prefixed or not) hex string or byte array";
    private static final long U32_MAX = 0xffff_ffffL;

    /** Hex digits of either case, {@code 0x} optional, or a list of numbers. An odd first digit is a byte of its own. */
    public static final ParameterType<Bytes> BYTES = described(Schemas.BYTES,
            value -> value.isArray() ? byteArray(value) : hex(text(value, BYTES_EXPECTED)));

    /** 32 bytes, as {@link #BYTES}. */
    public static final ParameterType<Hash> HASH = described(Schemas.HASH, value -> {
        String expected = BYTES_EXPECTED + " containing 32 bytes";
        if (value.isArray()) {
            Bytes bytes = byteArray(value);
            return new Hash(requireSize(bytes, bytes.size(), expected));
        }
        String text = text(value, expected);
        int digits = text.startsWith("0x") ? text.length() - 2 : text.length();
        if (digits != 2 * Hash.SIZE) {
            throw InvalidValueException.located("invalid length " + digits + ", expected " + expected);
        }
        return new Hash(hex(text));
    });

    public static final ParameterType<String> TEXT = described("{\"type\":\"string\"}",
            value -> text(value, "a string"));

    public static final ParameterType<Boolean> BOOL = described("{\"type\":\"boolean\"}", value -> {
        if (!value.isBoolean()) {
            throw InvalidValueException.located("invalid type: " + named(value) + ", expected a boolean");
        }
        return value.booleanValue();
    });

    public static final ParameterType<Long> U32 = described(
            "{\"type\":\"integer\",\"minimum\":0,\"maximum\":4294967295}", value -> unsigned(value, U32_MAX, "u32"));

    /** Up to 2^63 - 1. */
    public static final ParameterType<Long> U64 = described("{\"type\":\"integer\",\"minimum\":0}",
            value -> unsigned(value, Long.MAX_VALUE, "u64"));

    /** Whatever JSON there is, for methods that read it themselves. */
    public static final ParameterType<JsonNode> ANY = value -> value;

    private ParameterTypes() {}

    /** A type that says what may be given; {@code schema}: JSON Schema. */
    public static <T> ParameterType<T> described(String schema, ParameterType<T> type) {
        return type.described(schema);
    }

    public static <T> ParameterType<List<T>> listOf(ParameterType<T> item) {
        return described("{\"type\":\"array\",\"items\":" + item.schema() + "}", value -> {
            if (!value.isArray()) {
                throw InvalidValueException.located("invalid type: " + named(value) + ", expected a sequence");
            }
            var items = new ArrayList<T>(value.size());
            for (JsonNode node : value) {
                items.add(item.read(node));
            }
            return List.copyOf(items);
        });
    }

    /** A string, or the refusal of something else. */
    public static String text(JsonNode value, String expected) throws InvalidValueException {
        if (!value.isTextual()) {
            throw InvalidValueException.located("invalid type: " + named(value) + ", expected " + expected);
        }
        return value.textValue();
    }

    /** The member of an object; refused where it is missing. */
    public static JsonNode member(JsonNode object, String name) throws InvalidValueException {
        JsonNode found = object.get(name);
        if (found == null) {
            throw InvalidValueException.located("missing field `" + name + "`");
        }
        return found;
    }

    /** A JSON value in serde's words. */
    public static String named(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "sequence";
            case OBJECT, POJO -> "map";
            case BOOLEAN -> "boolean `" + value.booleanValue() + "`";
            case NULL, MISSING -> "null";
            case STRING, BINARY -> "string " + value;
            case NUMBER -> (value.isIntegralNumber() ? "integer `" : "floating point `") + value + "`";
        };
    }

    private static long unsigned(JsonNode value, long max, String expected) throws InvalidValueException {
        if (!value.isIntegralNumber()) {
            throw InvalidValueException.located("invalid type: " + named(value) + ", expected " + expected);
        }
        if (!value.canConvertToLong() || value.longValue() < 0 || value.longValue() > max) {
            throw InvalidValueException.located("invalid value: " + named(value) + ", expected " + expected);
        }
        return value.longValue();
    }

    private static Bytes byteArray(JsonNode array) throws InvalidValueException {
        byte[] bytes = new byte[array.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) unsigned(array.get(i), 255, "u8");
        }
        return Bytes.wrap(bytes);
    }

    private static Bytes requireSize(Bytes bytes, int size, String expected) throws InvalidValueException {
        if (size != Hash.SIZE) {
            throw InvalidValueException.located("invalid length " + size + ", expected " + expected);
        }
        return bytes;
    }

    private static Bytes hex(String text) throws InvalidValueException {
        int start = text.startsWith("0x") ? 2 : 0;
        int digits = text.length() - start;
        byte[] bytes = new byte[(digits + 1) / 2];
        int odd = digits % 2;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(start + i);
            int digit = c <= 'f' ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw InvalidValueException.located("invalid hex character: " + c + ", at " + (start + i));
            }
            int at = (i + odd) / 2;
            bytes[at] = (byte) (bytes[at] << 4 | digit);
        }
        return Bytes.wrap(bytes);
    }
}
