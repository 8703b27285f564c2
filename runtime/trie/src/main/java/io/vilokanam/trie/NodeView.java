package io.vilokanam.trie;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * An encoded node, taken apart in place (sp-trie, {@code NodeCodec}; the Polkadot specification, "Node Header").
 *
 * <pre>
 * 00                                    the empty trie
 * 01nnnnnn partial value                leaf
 * 10nnnnnn partial bitmap children      branch
 * 11nnnnnn partial bitmap value children
 * 001nnnnn partial hash                 leaf, value stored by hash
 * 0001nnnn partial bitmap hash children branch, value stored by hash
 * </pre>
 *
 * n counts nibbles; all ones: the following bytes are added until one is below 255. A value and a child have a compact
 * length in front; the bitmap is little endian; a child of 32 bytes is a hash, a shorter one the node itself.
 *
 * <p>A row of {@link NodeRows} is the same but for two things: in place of a value's hash stands the value with its length, and
 * each child that is a hash has the address of its row behind it, a u64 in big endian.
 */
final class NodeView {

    static final int EMPTY = 0x00;
    static final int LEAF = 0x40;
    static final int BRANCH = 0x80;
    static final int BRANCH_WITH_VALUE = 0xc0;
    static final int HASHED_LEAF = 0x20;
    static final int HASHED_BRANCH = 0x10;

    /** The longest partial key that is accepted, in nibbles; Substrate's own is 65,535. */
    static final int PARTIAL_MAX_NIBBLES = 65_535;

    static final VarHandle ADDRESSES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    final byte[] bytes;
    boolean isEmpty;
    boolean isLeaf;
    int partialOffset;
    int partialNibbles;
    boolean hasValue;
    boolean isHashed;
    /** The value, or its hash. */
    int valueOffset;
    int valueLength;
    int bitmap;
    /** Offset and length of each child that the bitmap names, by nibble. */
    final int[] childOffset;
    final int[] childLength;

    private final int end;
    private final Form form;
    private int position;

    /** Where the node stands. */
    private enum Form {
        /** Alone, under its hash. */
        NODE,
        /** In a {@link CompactProof}: children that follow it have no bytes here. */
        COMPACT,
        /** In a row, with its value and the addresses of its children. */
        ROW
    }

    private NodeView(byte[] bytes, int offset, int length, boolean isLeaf, Form form) {
        this.form = form;
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
        this.isLeaf = isLeaf;
        this.childOffset = isLeaf ? null : new int[Nibbles.RADIX];
        this.childLength = isLeaf ? null : new int[Nibbles.RADIX];
    }

    /**
     * Takes a whole node apart.
     *
     * @throws TrieException if the bytes are no node that Substrate's codec would write
     */
    static NodeView of(byte[] bytes, int offset, int length) throws TrieException {
        return of(bytes, offset, length, Form.NODE);
    }

    /** As {@link #of(byte[], int, int)}, for a node of a {@link CompactProof}: children that follow it have no bytes here. */
    static NodeView ofCompact(byte[] bytes, int offset, int length) throws TrieException {
        return of(bytes, offset, length, Form.COMPACT);
    }

    /** As {@link #of(byte[], int, int)}, for a whole row. */
    static NodeView ofRow(byte[] row) throws TrieException {
        return of(row, 0, row.length, Form.ROW);
    }

    private static NodeView of(byte[] bytes, int offset, int length, Form form) throws TrieException {
        if (length == 0) {
            throw new TrieException("trie node of no bytes, expected a header");
        }
        int first = bytes[offset] & 0xff;
        boolean isBranch = first >= BRANCH || (first & 0xf0) == HASHED_BRANCH;
        var view = new NodeView(bytes, offset, length, !isBranch, form);
        view.read();
        if (view.position != view.end) {
            throw new TrieException("trie node with " + (view.end - view.position) + " surplus bytes");
        }
        return view;
    }

    static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** Whether the value that the node holds by its hash is here. */
    boolean isRow() {
        return form == Form.ROW;
    }

    /** Where the row of a child lies that is a hash; {@link Node#NOT_WRITTEN} where this is no row. */
    long childAddress(int nibble) {
        return form == Form.ROW ? (long) ADDRESSES.get(bytes, childOffset[nibble] + Node.HASH_LENGTH)
                : Node.NOT_WRITTEN;
    }

    private void read() throws TrieException {
        int first = bytes[position++] & 0xff;
        if (first == EMPTY) {
            isEmpty = true;
        } else if (first >= LEAF) {
            hasValue = (first & 0xc0) != BRANCH;
            readBody(first, 0x3f);
        } else if ((first & 0xe0) == HASHED_LEAF) {
            isHashed = true;
            hasValue = true;
            readBody(first, 0x1f);
        } else if ((first & 0xf0) == HASHED_BRANCH) {
            isHashed = true;
            hasValue = true;
            readBody(first, 0x0f);
        } else {
            throw new TrieException("trie node header " + first + ", expected a leaf or a branch");
        }
    }

    private void readBody(int first, int mask) throws TrieException {
        partialNibbles = readCount(first & mask, mask);
        int length = Nibbles.bytes(partialNibbles);
        need(length, "partial key");
        partialOffset = position;
        if ((partialNibbles & 1) == 1 && (bytes[position] & 0xf0) != 0) {
            throw new TrieException(
                    "trie node with a partial key of " + partialNibbles + " nibbles that is not padded by 0");
        }
        position += length;
        if (!isLeaf) {
            need(2, "bitmap");
            bitmap = bytes[position] & 0xff | (bytes[position + 1] & 0xff) << 8;
            position += 2;
            if (bitmap == 0) {
                throw new TrieException("trie branch without children");
            }
        }
        if (hasValue) {
            valueLength = isHashed && form != Form.ROW ? Node.HASH_LENGTH : readLength();
            need(valueLength, "value");
            valueOffset = position;
            position += valueLength;
        }
        for (int nibbles = bitmap; nibbles != 0; nibbles &= nibbles - 1) {
            int nibble = Integer.numberOfTrailingZeros(nibbles);
            int childSize = readLength();
            if (childSize < (form == Form.COMPACT ? 0 : 1) || childSize > Node.HASH_LENGTH) {
                throw new TrieException("trie child of " + childSize + " bytes, expected 1 to " + Node.HASH_LENGTH);
            }
            need(childSize, "child");
            childOffset[nibble] = position;
            childLength[nibble] = childSize;
            position += childSize;
            if (form == Form.ROW && childSize == Node.HASH_LENGTH) {
                need(Long.BYTES, "address of a child");
                position += Long.BYTES;
            }
        }
    }

    private int readCount(int first, int mask) throws TrieException {
        int count = first;
        if (first == mask) {
            int more;
            do {
                need(1, "partial key length");
                more = bytes[position++] & 0xff;
                count += more;
                if (count > PARTIAL_MAX_NIBBLES) {
                    throw new TrieException("trie node with a partial key of over " + PARTIAL_MAX_NIBBLES + " nibbles");
                }
            } while (more == 0xff);
        }
        return count;
    }

    /** A compact u32 in its shortest form. */
    private int readLength() throws TrieException {
        need(1, "length");
        int first = bytes[position] & 0xff;
        int size = switch (first & 3) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 4;
            default -> throw new TrieException("trie node with a length above 2^30");
        };
        need(size, "length");
        int raw = 0;
        for (int i = 0; i < size; i++) {
            raw |= (bytes[position + i] & 0xff) << 8 * i;
        }
        int length = raw >>> 2;
        if (size > 1 && length >>> (size == 2 ? 6 : 14) == 0) {
            throw new TrieException("trie node with the length " + length + " written in " + size + " bytes");
        }
        position += size;
        return length;
    }

    private void need(int count, String what) throws TrieException {
        if (count > end - position) {
            throw new TrieException(
                    "trie node ends in its " + what + ": " + (end - position) + " bytes left, expected " + count);
        }
    }
}
