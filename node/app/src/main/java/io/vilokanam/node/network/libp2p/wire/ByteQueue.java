package io.vilokanam.node.network.libp2p.wire;

import java.util.Arrays;

/** Bytes that have arrived and wait to be read, oldest first. Grows as needed: whoever adds sees to the limit. */
public final class ByteQueue {

    private static final byte[] NOTHING = {};
    private static final int SIZE_MIN = 256;
    /** A larger array is given back as soon as it is empty. */
    private static final int KEPT_MAX = 1 << 16;

    private byte[] content = NOTHING;
    private int head;
    private int tail;

    public static ByteQueue of(byte[] bytes) {
        ByteQueue queue = new ByteQueue();
        queue.add(bytes, 0, bytes.length);
        return queue;
    }

    public int size() {
        return tail - head;
    }

    public boolean isEmpty() {
        return tail == head;
    }

    public void add(byte[] bytes, int from, int length) {
        if (content.length - tail < length) {
            makeRoom(length);
        }
        System.arraycopy(bytes, from, content, tail, length);
        tail += length;
    }

    private void makeRoom(int more) {
        int needed = Math.addExact(size(), more);
        byte[] target = needed <= content.length / 2 ? content : new byte[Math.max(SIZE_MIN, needed + (needed >> 1))];
        System.arraycopy(content, head, target, 0, size());
        tail -= head;
        head = 0;
        content = target;
    }

    /** The byte {@code offset} behind the oldest. */
    public byte at(int offset) {
        if (offset >= size()) {
            throw new IndexOutOfBoundsException("byte " + offset + " of " + size());
        }
        return content[head + offset];
    }

    /** Four bytes from {@code offset} on, big endian. */
    public int intAt(int offset) {
        return (at(offset) & 255) << 24 | (at(offset + 1) & 255) << 16 | (at(offset + 2) & 255) << 8
                | at(offset + 3) & 255;
    }

    public byte[] take(int length) {
        if (length > size()) {
            throw new IndexOutOfBoundsException(length + " bytes of " + size());
        }
        byte[] taken = Arrays.copyOfRange(content, head, head + length);
        drop(length);
        return taken;
    }

    public byte[] takeAll() {
        return take(size());
    }

    /** Moves the oldest bytes to the end of another queue. */
    public void moveTo(ByteQueue other, int length) {
        if (length > size()) {
            throw new IndexOutOfBoundsException(length + " bytes of " + size());
        }
        other.add(content, head, length);
        drop(length);
    }

    public void drop(int length) {
        if (length > size()) {
            throw new IndexOutOfBoundsException(length + " bytes of " + size());
        }
        head += length;
        if (head == tail) {
            head = 0;
            tail = 0;
            if (content.length > KEPT_MAX) {
                content = NOTHING;
            }
        }
    }

    public void clear() {
        drop(size());
    }
}
