package io.vilokanam.crypto.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian words in byte arrays. */
final class LittleEndian {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static long getLong(byte[] in, int at) {
        return (long) LONG.get(in, at);
    }

    static int getInt(byte[] in, int at) {
        return (int) INT.get(in, at);
    }

    static void putLong(byte[] out, int at, long value) {
        LONG.set(out, at, value);
    }
}
