package io.vilokanam.rpc.method;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** The types that parameters of many methods have. Refusals are worded as serde and impl-serde word them. */
public final class ParameterTypes {

    private static final String BYTES_EXPECTED = "a (both 0x-prefixed or not) hex string or byte array";
    private static final long U32_MAX = 0xffff_ffffL;
    private static final long U64_MAX = -1;

    /** Hex digits of either case, {@code 0x} optional. An odd first digit is a byte of its own. */
    public static final ParameterType<Bytes> BYTES = described(Schemas.BYTES,
            value -> Bytes.wrap(hex(value, value.text(BYTES_EXPECTED))));

    /** 32 bytes, as {@link #BYTES}. */
    public static final ParameterType<Hash> HASH = described(Schemas.HASH, value -> {
        String expected = BYTES_EXPECTED + " containing 32 bytes";
        String text = value.text(expected);
        int digits = text.getBytes(StandardCharsets.UTF_8).length - start(text);
        if (digits != 2 * Hash.SIZE) {
            throw value.refused("invalid length " + digits + ", expected " + expected);
        }
        return Hash.wrap(Arrays.copyOf(hex(value, text), Hash.SIZE));
    });

    public static final ParameterType<String> TEXT = described("{\"type\":\"string\"}",
            value -> value.text("a string"));

    public static final ParameterType<Boolean> BOOL = described("{\"type\":\"boolean\"}", ValueReader::bool);

    public static final ParameterType<Long> U32 = described(
            "{\"type\":\"integer\",\"minimum\":0,\"maximum\":4294967295}", value -> value.unsigned(U32_MAX, "u32"));

    /** Without sign. */
    public static final ParameterType<Long> U64 = described("{\"type\":\"integer\",\"minimum\":0}",
            value -> value.unsigned(U64_MAX, "u64"));

    private ParameterTypes() {}

    /** A type that says what may be given; {@code schema}: JSON Schema. */
    public static <T> ParameterType<T> described(String schema, ParameterType<T> type) {
        return type.described(schema);
    }

    public static <T> ParameterType<List<T>> listOf(ParameterType<T> item) {
        return described("{\"type\":\"array\",\"items\":" + item.schema() + "}", value -> value.list(item));
    }

    private static int start(String text) {
        return text.startsWith("0x") ? 2 : 0;
    }

    /** White space is passed over, though it counts in the length; what is no digit is shown byte by byte. */
    private static byte[] hex(ValueReader value, String text) throws InvalidValueException {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        int start = start(text);
        byte[] bytes = new byte[(given.length - start + 1) / 2];
        int digits = (given.length - start) % 2;
        for (int i = start; i < given.length; i++) {
            char c = (char) (given[i] & 255);
            int digit = c <= 'f' ? Character.digit(c, 16) : -1;
            if (digit >= 0) {
                bytes[digits / 2] = (byte) (bytes[digits / 2] << 4 | digit);
                digits++;
            } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw value.refused("invalid hex character: " + c + ", at " + i);
            }
        }
        return Arrays.copyOf(bytes, digits / 2);
    }
}
