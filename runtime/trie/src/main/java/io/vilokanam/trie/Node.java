package io.vilokanam.trie;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A node of a persistent trie: never changed once built, shared by all tries that contain it. What it looks like from its
 * parent, the <i>merkle value</i>, is computed when first asked for and kept: the blake2b-256 hash of its encoding, or the
 * encoding itself where that is shorter than a hash.
 *
 * <p>Nodes that stand in memory hold a key whose leading nibbles are the whole path from the root, so that splitting and
 * merging nodes moves a number and copies no key.
 */
abstract sealed class Node permits Branch, Leaf, StoredNode {

    static final int HASH_LENGTH = 32;

    /** The address of a node that no store has. */
    static final long NOT_WRITTEN = 0;

    /** The address of a node that is shorter than a hash and written with its parent. */
    static final long WITHIN_PARENT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle MERKLE_LENGTH;

    static {
        try {
            MERKLE_LENGTH = MethodHandles.lookup().findVarHandle(Node.class, "merkleLength", byte.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Four numbers instead of an array save a header and a cache miss a node. The length is written last and read first.
    private long merkle0;
    private long merkle1;
    private long merkle2;
    private long merkle3;
    private byte merkleLength;

    /**
     * Where the node's row lies. Known from the beginning for a node that was read, and then seen by whoever sees the node, as
     * {@link NodeReader} takes care; else given once, at a commit, by the one thread that writes states.
     */
    private long address;

    /** 1 to 32 bytes, or 0 if not yet computed. */
    final int merkleLength() {
        return (byte) MERKLE_LENGTH.getAcquire(this);
    }

    /** Takes the merkle value from {@code source}, which must be readable for 32 bytes whatever the length. */
    final void merkle(byte[] source, int offset, int length) {
        merkle0 = (long) LONGS.get(source, offset);
        merkle1 = (long) LONGS.get(source, offset + 8);
        merkle2 = (long) LONGS.get(source, offset + 16);
        merkle3 = (long) LONGS.get(source, offset + 24);
        MERKLE_LENGTH.setRelease(this, (byte) length);
    }

    /**
     * Copies the merkle value, which must have been computed; always writes 32 bytes of which the first ones count.
     *
     * @return its length
     */
    final int copyMerkle(byte[] target, int offset) {
        int length = merkleLength();
        LONGS.set(target, offset, merkle0);
        LONGS.set(target, offset + 8, merkle1);
        LONGS.set(target, offset + 16, merkle2);
        LONGS.set(target, offset + 24, merkle3);
        return length;
    }

    /** The merkle value in 32 bytes, filled up with whatever. */
    final byte[] merkle() {
        byte[] copy = new byte[HASH_LENGTH];
        copyMerkle(copy, 0);
        return copy;
    }

    final long address() {
        return address;
    }

    final void address(long place) {
        address = place;
    }
}
