package io.vilokanam.trie;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 32-byte hash as a map key. */
record HashKey(long first, long second, long third, long fourth) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static HashKey of(byte[] bytes, int offset) {
        return new HashKey((long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + 8),
                (long) LONGS.get(bytes, offset + 16), (long) LONGS.get(bytes, offset + 24));
    }

    /** The hash is as good a number as any: its first bytes are taken. */
    @Override
    public int hashCode() {
        return (int) first;
    }
}
