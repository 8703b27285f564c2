package io.vilokanam.host.state;

import java.util.Arrays;

/**
 * A SCALE vector that grows at its end: the elements without their count in front, so that an append costs what the element
 * costs. Elements are only added, so going back to an earlier state is cutting them off (sp-state-machine,
 * {@code StorageEntry::Append}).
 */
final class AppendedValue {

    private static final int FIRST_CAPACITY = 256;
    private static final long COUNT_MASK = 0xffff_ffffL;
    /** What {@link #countLength} says of bytes that have no compact u32 in front. */
    private static final int NO_COUNT = 0;

    private byte[] elements;
    private int size;
    private long count;
    private byte[] whole;

    private AppendedValue(byte[] elements, int size, long count) {
        this.elements = elements;
        this.size = size;
        this.count = count;
    }

    /**
     * The vector behind these bytes, or an empty one if there is no count in front of them. Whether as many elements follow
     * as the count says is nobody's concern here: the host does not know what an element is.
     */
    static AppendedValue of(byte[] value) {
        int length = value == null ? NO_COUNT : countLength(value);
        if (length == NO_COUNT) {
            return new AppendedValue(new byte[FIRST_CAPACITY], 0, 0);
        }
        int size = value.length - length;
        byte[] elements = new byte[Math.max(FIRST_CAPACITY, size + size / 2)];
        System.arraycopy(value, length, elements, 0, size);
        return new AppendedValue(elements, size, count(value, length));
    }

    void append(byte[] element) {
        int needed = Math.addExact(size, element.length);
        if (needed > elements.length) {
            elements = Arrays.copyOf(elements,
                    (int) Math.max(needed, Math.min(2L * elements.length, Integer.MAX_VALUE - 8)));
        }
        System.arraycopy(element, 0, elements, size, element.length);
        size = needed;
        count = count + 1 & COUNT_MASK;
        whole = null;
    }

    /** The vector with its count in front; the same array until the next append. */
    byte[] whole() {
        if (whole == null) {
            int length = compactLength(count);
            byte[] value = new byte[length + size];
            writeCompact(count, length, value);
            System.arraycopy(elements, 0, value, length, size);
            whole = value;
        }
        return whole;
    }

    int size() {
        return size;
    }

    long count() {
        return count;
    }

    /** Back to a size and count that the vector had before. */
    void truncate(int formerSize, long formerCount) {
        if (size != formerSize || count != formerCount) {
            size = formerSize;
            count = formerCount;
            whole = null;
        }
    }

    /** Bytes of a compact u32 in its shortest form at the beginning of a value, or {@link #NO_COUNT}. */
    private static int countLength(byte[] value) {
        if (value.length == 0) {
            return NO_COUNT;
        }
        int length = switch (value[0] & 3) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 4;
            default -> value[0] == 3 ? 5 : NO_COUNT;
        };
        if (length == NO_COUNT || length > value.length) {
            return NO_COUNT;
        }
        return compactLength(count(value, length)) == length ? length : NO_COUNT;
    }

    private static long count(byte[] value, int length) {
        long raw = 0;
        for (int i = length == 5 ? 1 : 0; i < length; i++) {
            raw |= (value[i] & 0xffL) << 8 * (length == 5 ? i - 1 : i);
        }
        return length == 5 ? raw : raw >>> 2;
    }

    private static int compactLength(long count) {
        if (count < 1 << 6) {
            return 1;
        }
        if (count < 1 << 14) {
            return 2;
        }
        return count < 1 << 30 ? 4 : 5;
    }

    private static void writeCompact(long count, int length, byte[] out) {
        long raw = switch (length) {
            case 1 -> count << 2;
            case 2 -> count << 2 | 1;
            case 4 -> count << 2 | 2;
            default -> count << 8 | 3;
        };
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (raw >>> 8 * i);
        }
    }
}
