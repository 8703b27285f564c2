package io.vilokanam.trie;

import java.util.Arrays;

import io.vilokanam.crypto.hash.Blake2b;

/** A growing buffer that nodes are encoded into; {@link NodeView} shows the format. */
final class NodeWriter {

    /** What stands behind the written bytes at least, so that 32 bytes may be written or read at any place. */
    private static final int SLACK = Node.HASH_LENGTH;
    private static final int FIRST_CAPACITY = 1 << 10;
    /** The longest value a trie holds, in bytes: what a four-byte compact length can say. */
    private static final int VALUE_MAX_LENGTH = (1 << 30) - 1;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int position;

    void clear() {
        position = 0;
    }

    int position() {
        return position;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, position);
    }

    void header(boolean isLeaf, boolean hasValue, boolean isHashed, byte[] key, int start, int end) {
        if (isLeaf) {
            header(isHashed ? NodeView.HASHED_LEAF : NodeView.LEAF, isHashed ? 0x1f : 0x3f, end - start);
        } else if (hasValue) {
            header(isHashed ? NodeView.HASHED_BRANCH : NodeView.BRANCH_WITH_VALUE, isHashed ? 0x0f : 0x3f, end - start);
        } else {
            header(NodeView.BRANCH, 0x3f, end - start);
        }
        reserve(Nibbles.bytes(end - start));
        position = Nibbles.writePartial(key, start, end, bytes, position);
    }

    private void header(int prefix, int mask, int nibbles) {
        if (nibbles > NodeView.PARTIAL_MAX_NIBBLES) {
            throw new IllegalArgumentException(
                    "partial key of " + nibbles + " nibbles, expected at most " + NodeView.PARTIAL_MAX_NIBBLES);
        }
        reserve(2 + nibbles / 0xff + 1);
        if (nibbles < mask) {
            bytes[position++] = (byte) (prefix | nibbles);
            return;
        }
        bytes[position++] = (byte) (prefix | mask);
        int rest = nibbles - mask;
        while (rest >= 0xff) {
            bytes[position++] = (byte) 0xff;
            rest -= 0xff;
        }
        bytes[position++] = (byte) rest;
    }

    void bitmap(int bitmap) {
        reserve(2);
        bytes[position++] = (byte) bitmap;
        bytes[position++] = (byte) (bitmap >>> 8);
    }

    void inlineValue(byte[] value) {
        compact(value.length);
        raw(value);
    }

    void valueHash(byte[] value) {
        reserve(Node.HASH_LENGTH);
        Blake2b.hash256(value, 0, value.length, bytes, position);
        position += Node.HASH_LENGTH;
    }

    void raw(byte[] value) {
        raw(value, 0, value.length);
    }

    private void raw(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    void child(Node child) {
        reserve(1 + Node.HASH_LENGTH);
        int length = child.copyMerkle(bytes, position + 1);
        bytes[position] = (byte) (length << 2);
        position += 1 + length;
    }

    /** Opens a child whose node is written next. */
    int openChild() {
        reserve(1 + Node.HASH_LENGTH);
        position++;
        return position;
    }

    /** Ends the child that {@link #openChild} gave this start for: puts its merkle value in its place. */
    void closeChild(int start) {
        if (position - start >= Node.HASH_LENGTH) {
            Blake2b.hash256(bytes, start, position - start, bytes, start);
            position = start + Node.HASH_LENGTH;
        }
        bytes[start - 1] = (byte) (position - start << 2);
    }

    /** Encodes one node; its children's merkle values must have been computed. */
    void node(Node node) {
        switch (node) {
            case Leaf leaf -> {
                header(true, true, leaf.isHashed, leaf.key, leaf.start, Nibbles.count(leaf.key));
                value(leaf.value, leaf.isHashed);
            }
            case Branch branch -> {
                header(false, branch.value != null, branch.isHashed, branch.key, branch.start, branch.end);
                bitmap(branch.bitmap);
                if (branch.value != null) {
                    value(branch.value, branch.isHashed);
                }
                for (Node child : branch.children) {
                    child(child);
                }
            }
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has nothing to encode");
        }
    }

    /** Encodes a node's row; its children's merkle values must have been computed and their addresses given. */
    void row(Node node) {
        switch (node) {
            case Leaf leaf -> {
                header(true, true, leaf.isHashed, leaf.key, leaf.start, Nibbles.count(leaf.key));
                inlineValue((byte[]) leaf.value);
            }
            case Branch branch -> {
                header(false, branch.value != null, branch.isHashed, branch.key, branch.start, branch.end);
                bitmap(branch.bitmap);
                if (branch.value != null) {
                    inlineValue((byte[]) branch.value);
                }
                for (Node child : branch.children) {
                    child(child);
                    if (child.merkleLength() == Node.HASH_LENGTH) {
                        reserve(Long.BYTES);
                        NodeView.ADDRESSES.set(bytes, position, child.address());
                        position += Long.BYTES;
                    }
                }
            }
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has its row already");
        }
    }

    /**
     * Encodes a node of a {@link CompactProof}: without the hashes of the children that follow it, and where its value follows
     * too, marked and with an empty one.
     *
     * @param followed a bit a slot
     */
    void compactNode(Node node, int followed, boolean isValueFollowed) {
        if (isValueFollowed) {
            reserve(1);
            bytes[position++] = CompactProof.ESCAPE;
        }
        switch (node) {
            case Leaf leaf -> {
                header(true, true, leaf.isHashed && !isValueFollowed, leaf.key, leaf.start, Nibbles.count(leaf.key));
                compactValue(leaf.value, leaf.isHashed, isValueFollowed);
            }
            case Branch branch -> {
                header(false, branch.value != null, branch.isHashed && !isValueFollowed, branch.key, branch.start,
                        branch.end);
                bitmap(branch.bitmap);
                if (branch.value != null) {
                    compactValue(branch.value, branch.isHashed, isValueFollowed);
                }
                for (int slot = 0; slot < branch.children.length; slot++) {
                    if ((followed >>> slot & 1) == 0) {
                        child(branch.children[slot]);
                    } else {
                        compact(0);
                    }
                }
            }
            case StoredNode _ -> throw new IllegalStateException("a node that was not read has nothing to encode");
        }
    }

    /**
     * Encodes a node as it was before it became one of a {@link CompactProof}.
     *
     * @param followed its value, where that followed it; else null
     * @param children the merkle values of the children that followed it, by nibble
     */
    byte[] rewrite(NodeView view, byte[] followed, byte[][] children) {
        clear();
        if (view.isLeaf) {
            boolean isHashed = followed != null || view.isHashed;
            header(isHashed ? NodeView.HASHED_LEAF : NodeView.LEAF, isHashed ? 0x1f : 0x3f, view.partialNibbles);
        } else if (view.hasValue) {
            boolean isHashed = followed != null || view.isHashed;
            header(isHashed ? NodeView.HASHED_BRANCH : NodeView.BRANCH_WITH_VALUE, isHashed ? 0x0f : 0x3f,
                    view.partialNibbles);
        } else {
            header(NodeView.BRANCH, 0x3f, view.partialNibbles);
        }
        raw(view.bytes, view.partialOffset, Nibbles.bytes(view.partialNibbles));
        if (!view.isLeaf) {
            bitmap(view.bitmap);
        }
        if (followed != null) {
            valueHash(followed);
        } else if (view.isHashed) {
            raw(view.bytes, view.valueOffset, view.valueLength);
        } else if (view.hasValue) {
            compact(view.valueLength);
            raw(view.bytes, view.valueOffset, view.valueLength);
        }
        for (int rest = view.bitmap; rest != 0; rest &= rest - 1) {
            int nibble = Integer.numberOfTrailingZeros(rest);
            byte[] child = children[nibble];
            if (child != null) {
                compact(child.length);
                raw(child);
            } else {
                compact(view.childLength[nibble]);
                raw(view.bytes, view.childOffset[nibble], view.childLength[nibble]);
            }
        }
        return copy();
    }

    private void compactValue(Object value, boolean isHashed, boolean isFollowed) {
        if (isFollowed) {
            compact(0);
        } else {
            value(value, isHashed);
        }
    }

    private void value(Object value, boolean isHashed) {
        if (value instanceof StoredValue stored) {
            raw(stored.hash);
        } else if (isHashed) {
            valueHash((byte[]) value);
        } else {
            inlineValue((byte[]) value);
        }
    }

    /** Computes the merkle value of a node, and before that those of all below it that lack one. */
    void merkle(Node node) {
        if (node.merkleLength() != 0) {
            return;
        }
        if (node instanceof Branch branch) {
            for (Node child : branch.children) {
                merkle(child);
            }
        }
        clear();
        node(node);
        if (position < Node.HASH_LENGTH) {
            node.merkle(bytes, 0, position);
        } else {
            Blake2b.hash256(bytes, 0, position, bytes, 0);
            node.merkle(bytes, 0, Node.HASH_LENGTH);
        }
    }

    private void compact(int length) {
        if (length > VALUE_MAX_LENGTH) {
            throw new IllegalArgumentException("value of " + length + " bytes, expected at most " + VALUE_MAX_LENGTH);
        }
        reserve(4);
        if (length < 1 << 6) {
            bytes[position++] = (byte) (length << 2);
        } else if (length < 1 << 14) {
            bytes[position++] = (byte) (length << 2 | 1);
            bytes[position++] = (byte) (length >>> 6);
        } else {
            int raw = length << 2 | 2;
            for (int i = 0; i < 4; i++) {
                bytes[position++] = (byte) (raw >>> 8 * i);
            }
        }
    }

    private void reserve(int count) {
        int needed = Math.addExact(position, count + SLACK);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
