package io.vilokanam.node.network.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.vilokanam.node.network.address.Varint;
import io.vilokanam.scale.Bytes;

/** Writes a protobuf message. Fields are written in the order of the calls, which is to be that of their numbers. */
public final class ProtobufWriter {

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int KEY_BYTES_MAX = 5;
    private static final int VARINT_BYTES_MAX = 10;
    private static final int FIRST_SIZE = 64;

    private byte[] content = new byte[FIRST_SIZE];
    private int size;

    /** A number, an enum or a flag, not negative; left out where it is zero. */
    public ProtobufWriter varint(int field, long value) {
        return value == 0 ? this : requiredVarint(field, value);
    }

    /** The same, written even where it is zero. */
    public ProtobufWriter requiredVarint(int field, long value) {
        reserve(KEY_BYTES_MAX + VARINT_BYTES_MAX);
        size = Varint.write(content, size, (long) field << 3 | VARINT);
        size = Varint.write(content, size, value);
        return this;
    }

    public ProtobufWriter flag(int field, boolean value) {
        return varint(field, value ? 1 : 0);
    }

    /** Bytes; left out where there are none. */
    public ProtobufWriter bytes(int field, Bytes value) {
        return value.isEmpty() ? this : element(field, value);
    }

    /** One element of a repeated field, or bytes that are written even where there are none. */
    public ProtobufWriter element(int field, Bytes value) {
        return raw(field, value.view(), value.size());
    }

    /** Bytes, written even where there are none. */
    public ProtobufWriter element(int field, byte[] value) {
        return raw(field, value, value.length);
    }

    public ProtobufWriter text(int field, String value) {
        return value.isEmpty() ? this : element(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A message within this one, written even where it is empty. */
    public ProtobufWriter message(int field, ProtobufWriter value) {
        return raw(field, value.content, value.size);
    }

    private ProtobufWriter raw(int field, byte[] value, int length) {
        reserve(KEY_BYTES_MAX + KEY_BYTES_MAX + length);
        size = Varint.write(content, size, (long) field << 3 | BYTES);
        size = Varint.write(content, size, length);
        System.arraycopy(value, 0, content, size, length);
        size += length;
        return this;
    }

    private void reserve(int more) {
        if (content.length - size < more) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, Math.addExact(size, more)));
        }
    }

    public byte[] toArray() {
        return Arrays.copyOf(content, size);
    }

    public Bytes toBytes() {
        return Bytes.wrap(toArray());
    }
}
