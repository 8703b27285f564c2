package io.vilokanam.scale;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that SCALE is written to. All integers are little endian. Not thread-safe. */
public final class ScaleOutput {

    private static final int FIRST_CAPACITY = 64;

    private byte[] buffer;
    private int size;

    public ScaleOutput() {
        this(FIRST_CAPACITY);
    }

    public ScaleOutput(int capacity) {
        buffer = new byte[Math.max(capacity, FIRST_CAPACITY)];
    }

    public ScaleOutput u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public ScaleOutput u16(int value) {
        return little(value, 2);
    }

    public ScaleOutput u32(long value) {
        return little(value, 4);
    }

    public ScaleOutput u64(long value) {
        return little(value, 8);
    }

    public ScaleOutput u128(U128 value) {
        return little(value.low(), 8).little(value.high(), 8);
    }

    public ScaleOutput bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    private ScaleOutput little(long value, int width) {
        reserve(width);
        for (int i = 0; i < width; i++) {
            buffer[size++] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    /** The bytes as they are, without a length in front. */
    public ScaleOutput raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    public ScaleOutput raw(byte[] bytes, int from, int length) {
        reserve(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
        return this;
    }

    /** A compact length and the bytes: {@code Vec<u8>}. */
    public ScaleOutput bytes(byte[] bytes) {
        return compact(bytes.length).raw(bytes);
    }

    /** A compact length and the UTF-8 bytes: {@code String}. */
    public ScaleOutput string(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The compact form of an unsigned 64-bit number. */
    public ScaleOutput compact(long value) {
        if (value >= 0 && value < 1 << 6) {
            return u8((int) value << 2);
        }
        if (value >= 0 && value < 1 << 14) {
            return u16((int) value << 2 | 1);
        }
        if (value >= 0 && value < 1 << 30) {
            return u32(value << 2 | 2);
        }
        int width = Math.max(4, 8 - Long.numberOfLeadingZeros(value) / 8);
        return u8(width - 4 << 2 | 3).little(value, width);
    }

    /** The compact form of an unsigned 128-bit number. */
    public ScaleOutput compact(U128 value) {
        if (value.high() == 0) {
            return compact(value.low());
        }
        int width = 16 - Long.numberOfLeadingZeros(value.high()) / 8;
        return u8(width - 4 << 2 | 3).little(value.low(), 8).little(value.high(), width - 8);
    }

    /** The compact form of any number from 0 to 2^536 - 1. */
    public ScaleOutput compact(BigInteger value) {
        if (value.bitLength() <= 128) {
            return compact(U128.of(value));
        }
        byte[] big = value.toByteArray();
        int start = big[0] == 0 ? 1 : 0;
        int width = big.length - start;
        if (value.signum() < 0 || width > 67) {
            throw new IllegalArgumentException("compact integers go from 0 to 2^536 - 1, got " + value);
        }
        u8(width - 4 << 2 | 3);
        for (int i = big.length - 1; i >= start; i--) {
            u8(big[i]);
        }
        return this;
    }

    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    public Bytes toBytes() {
        return Bytes.wrap(toByteArray());
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
        }
    }
}
