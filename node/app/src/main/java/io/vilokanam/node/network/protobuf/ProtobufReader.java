package io.vilokanam.node.network.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.vilokanam.scale.Bytes;

/**
 * Reads a protobuf message field by field: {@link #next} moves to the next field, one of the accessors takes its value. Fields
 * whose value nobody takes are skipped. Memory is bounded by the message itself.
 */
public final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int VARINT_BYTES_MAX = 10;

    private final byte[] content;
    private final int end;
    private int at;
    private int field;
    private int wireType;
    private boolean isTaken = true;

    public ProtobufReader(byte[] content) {
        this(content, 0, content.length);
    }

    private ProtobufReader(byte[] content, int start, int end) {
        this.content = content;
        this.at = start;
        this.end = end;
    }

    /** Moves to the next field, if there is one. */
    public boolean next() throws ProtobufException {
        if (!isTaken) {
            skip();
        }
        if (at == end) {
            return false;
        }
        long key = rawVarint();
        field = (int) (key >>> 3);
        wireType = (int) (key & 7);
        if (key >>> 32 != 0 || field == 0) {
            throw new ProtobufException("field number " + (key >>> 3) + ": expected 1 to 2^29 - 1");
        }
        isTaken = false;
        return true;
    }

    /** The number of the field that {@link #next} moved to. */
    public int field() {
        return field;
    }

    public long varint() throws ProtobufException {
        expect(VARINT);
        return rawVarint();
    }

    public boolean flag() throws ProtobufException {
        return varint() != 0;
    }

    public Bytes bytes() throws ProtobufException {
        int size = size();
        at += size;
        return Bytes.wrap(Arrays.copyOfRange(content, at - size, at));
    }

    public String text() throws ProtobufException {
        int size = size();
        at += size;
        return new String(content, at - size, size, StandardCharsets.UTF_8);
    }

    /** A message within this one, which shares its bytes. */
    public ProtobufReader message() throws ProtobufException {
        int size = size();
        at += size;
        return new ProtobufReader(content, at - size, at);
    }

    private int size() throws ProtobufException {
        expect(BYTES);
        long size = rawVarint();
        if (size < 0 || size > end - at) {
            throw new ProtobufException("field " + field + " of " + size + " bytes: only " + (end - at) + " left");
        }
        return (int) size;
    }

    private void expect(int type) throws ProtobufException {
        if (wireType != type) {
            throw new ProtobufException("field " + field + " has wire type " + wireType + ": expected " + type);
        }
        isTaken = true;
    }

    private void skip() throws ProtobufException {
        switch (wireType) {
            case VARINT -> varint();
            case BYTES -> message();
            case FIXED64 -> skip(Long.BYTES);
            case FIXED32 -> skip(Integer.BYTES);
            default ->
                throw new ProtobufException("field " + field + " has wire type " + wireType + ", which nobody uses");
        }
    }

    private void skip(int size) throws ProtobufException {
        if (size > end - at) {
            throw new ProtobufException("field " + field + " of " + size + " bytes: only " + (end - at) + " left");
        }
        at += size;
        isTaken = true;
    }

    private long rawVarint() throws ProtobufException {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && at < end; i++) {
            byte next = content[at++];
            value |= (long) (next & 0x7f) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new ProtobufException("varint of more than " + VARINT_BYTES_MAX + " bytes, or one that is cut off");
    }
}
