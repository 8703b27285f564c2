package io.vilokanam.rpc.protocol;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Bytes in memory, up to a limit. They are gathered in an array that others gathered in before, so that a long answer costs its
 * own length and not that of all the steps on the way to it. To be closed.
 */
final class BoundedOutput extends OutputStream {

    private static final int FIRST_CAPACITY = 1 << 14;
    /** Each step copies all that was written: few steps for long answers. */
    private static final long GROWTH = 4;
    /** An array that grew beyond this is not kept for others. */
    private static final int KEPT_BYTES_MAX = 1 << 20;
    private static final int KEPT_MAX = 16;

    private static final ArrayDeque<byte[]> KEPT = new ArrayDeque<>(KEPT_MAX);

    private final int maxBytes;
    private byte[] content;
    private int size;

    BoundedOutput(int maxBytes) {
        this.maxBytes = maxBytes;
        this.content = take();
    }

    private static byte[] take() {
        synchronized (KEPT) {
            byte[] kept = KEPT.pollLast();
            return kept == null ? new byte[FIRST_CAPACITY] : kept;
        }
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
        return Arrays.copyOf(content, size);
    }

    /** Leaves the array to others; nothing can be written or read from now on. */
    @Override
    public void close() {
        byte[] left = content;
        content = null;
        if (left != null && left.length <= KEPT_BYTES_MAX) {
            synchronized (KEPT) {
                if (KEPT.size() < KEPT_MAX) {
                    KEPT.addLast(left);
                }
            }
        }
    }

    private void reserve(int more) throws ResponseTooBigException {
        if (more > maxBytes - size) {
            throw new ResponseTooBigException(maxBytes);
        }
        if (more > content.length - size) {
            content = Arrays.copyOf(content,
                    (int) Math.min(Integer.MAX_VALUE - Long.BYTES, Math.max(GROWTH * content.length, size + more)));
        }
    }
}
