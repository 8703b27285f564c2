package io.vilokanam.scale;

import io.vilokanam.scale.type.TypeInfo;

/** How values of one type stand in SCALE, and how the type is described in metadata. Codecs are immutable values. */
public interface Codec<T> {

    void encode(T value, ScaleOutput out);

    /** Reads one value and leaves {@code in} behind its last byte. */
    T decode(ScaleInput in) throws ScaleException;

    TypeInfo type();

    default byte[] encode(T value) {
        ScaleOutput out = new ScaleOutput();
        encode(value, out);
        return out.toByteArray();
    }

    /** Decodes a value that takes up all of {@code bytes}; a byte too many is an error. */
    default T decodeAll(byte[] bytes) throws ScaleException {
        ScaleInput in = new ScaleInput(bytes);
        T value = decode(in);
        in.expectEnd();
        return value;
    }
}
