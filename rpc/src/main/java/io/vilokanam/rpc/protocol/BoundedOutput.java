package io.vilokanam.rpc.protocol;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in memory, up to a limit. */
final class BoundedOutput extends OutputStream {

    private static final int FIRST_CAPACITY = 256;
    /** Each step copies all that was written: few steps for long answers. */
    private static final long GROWTH = 4;

    private final int maxBytes;
    private byte[] content;
    private int size;

    BoundedOutput(int maxBytes) {
        this.maxBytes = maxBytes;
        this.content = new byte[Math.min(FIRST_CAPACITY, maxBytes)];
    }

    @Override
    public void write(int b) throws ResponseTooBigException {
        reserve(1);
        content[size++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws ResponseTooBigException {
        reserve(length);
        System.arraycopy(bytes, offset, content, size, length);
        size += length;
    }

    byte[] toByteArray() {
        return size == content.length ? content : Arrays.copyOf(content, size);
    }

    private void reserve(int more) throws ResponseTooBigException {
        if (more > maxBytes - size) {
            throw new ResponseTooBigException(maxBytes);
        }
        if (size + more > content.length) {
            content = Arrays.copyOf(content, (int) Math.min(maxBytes, Math.max(GROWTH * content.length, size + more)));
        }
    }
}
