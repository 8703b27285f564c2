package io.vilokanam.crypto.curve25519;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 64-bit little-endian words in byte arrays. */
final class Words {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static long get(byte[] in, int at) {
        return (long) LONG.get(in, at);
    }

    static void put(byte[] out, int at, long word) {
        LONG.set(out, at, word);
    }
}
