package io.vilokanam.offchain.collector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * A {@link KnownSession} in a fixed number of bytes, little endian: in memory, and where the collector's rows outlive the process.
 * What a word needs stands in front, so that one or two lines of the processor's cache hold it. Ticks and block numbers are u32.
 * Any change of the order here is a new {@link #VERSION}.
 */
final class RowCodec {

    static final byte VERSION = 2;
    static final int SALT = 16;
    static final int WORD = 32;

    static final int ID_AT = 0;
    static final int SALT_AT = 8;
    static final int WORD_AT = SALT_AT + SALT;
    static final int TICKS_AT = WORD_AT + WORD;
    static final int PAYABLE_AT = TICKS_AT + Integer.BYTES;
    static final int OPENED_AT = PAYABLE_AT + Integer.BYTES;
    static final int SETTLED_AT = OPENED_AT + Long.BYTES;
    /** When the session's token bucket will be full: milliseconds of the listener's clock, of use to this process alone. */
    static final int BUCKET_AT = SETTLED_AT + Integer.BYTES;
    /** From so many ticks on the session is worth settling at once. */
    static final int LARGE_AT = BUCKET_AT + Integer.BYTES;
    static final int HEARD_AT = LARGE_AT + Integer.BYTES;
    static final int FLAGS_AT = HEARD_AT + Integer.BYTES;
    static final int REFRESHED_AT = FLAGS_AT + 1;
    static final int SENT_AT = REFRESHED_AT + Integer.BYTES;
    static final int UNTIL_AT = SENT_AT + Integer.BYTES;
    static final int STREAM_AT = UNTIL_AT + Integer.BYTES;
    private static final int FREE_AT = STREAM_AT + Long.BYTES;
    private static final int RATE_AT = FREE_AT + Integer.BYTES;
    private static final int FUNDS_AT = RATE_AT + 2 * Long.BYTES;

    static final int SIZE = FUNDS_AT + 2 * Long.BYTES;

    static final int CLOSING = 1;
    /** The session stands among those that a settler should look at soon. */
    static final int URGENT = 2;
    /** Another node brought the newest word: it need not hear of it again. */
    static final int FOREIGN = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private RowCodec() {}

    static long u64(byte[] from, int at) {
        return (long) LONGS.get(from, at);
    }

    static void u64(byte[] to, int at, long value) {
        LONGS.set(to, at, value);
    }

    static int i32(byte[] from, int at) {
        return (int) INTS.get(from, at);
    }

    static long u32(byte[] from, int at) {
        return (int) INTS.get(from, at) & 0xffff_ffffL;
    }

    static void u32(byte[] to, int at, long value) {
        INTS.set(to, at, (int) value);
    }

    static boolean has(byte[] row, int at, int flag) {
        return (row[at + FLAGS_AT] & flag) != 0;
    }

    static void flag(byte[] row, int at, int flag, boolean value) {
        row[at + FLAGS_AT] = (byte) (value ? row[at + FLAGS_AT] | flag : row[at + FLAGS_AT] & ~flag);
    }

    /** Writes all but what the row alone knows: the bucket, and the flags that are no part of a session. */
    static void write(KnownSession session, byte[] to, int at, U128 largeValue) {
        SessionFacts facts = session.facts();
        u64(to, at + ID_AT, session.id());
        System.arraycopy(facts.salt().view(), 0, to, at + SALT_AT, SALT);
        System.arraycopy(session.word().view(), 0, to, at + WORD_AT, WORD);
        u32(to, at + TICKS_AT, session.ticks());
        u32(to, at + PAYABLE_AT, facts.payableTicks());
        u64(to, at + OPENED_AT, facts.openedAt());
        u32(to, at + SETTLED_AT, facts.settledTicks());
        u32(to, at + LARGE_AT, facts.ticksWorth(largeValue));
        u32(to, at + HEARD_AT, session.heardAt());
        flag(to, at, CLOSING, facts.isClosing());
        u32(to, at + REFRESHED_AT, session.refreshedAt());
        u32(to, at + SENT_AT, session.settledAt());
        u32(to, at + UNTIL_AT, facts.until());
        u64(to, at + STREAM_AT, facts.stream());
        u32(to, at + FREE_AT, facts.freeTicks());
        u64(to, at + RATE_AT, facts.rate().low());
        u64(to, at + RATE_AT + Long.BYTES, facts.rate().high());
        u64(to, at + FUNDS_AT, facts.funds().low());
        u64(to, at + FUNDS_AT + Long.BYTES, facts.funds().high());
    }

    static KnownSession read(byte[] from, int at) {
        SessionFacts facts = new SessionFacts(u64(from, at + STREAM_AT), bytes(from, at + SALT_AT, SALT),
                u128(from, at + RATE_AT), u32(from, at + FREE_AT), u64(from, at + OPENED_AT),
                u32(from, at + SETTLED_AT), u128(from, at + FUNDS_AT), u32(from, at + PAYABLE_AT),
                has(from, at, CLOSING), u32(from, at + UNTIL_AT));
        return new KnownSession(u64(from, at + ID_AT), facts, u32(from, at + TICKS_AT),
                bytes(from, at + WORD_AT, WORD), u32(from, at + HEARD_AT), u32(from, at + REFRESHED_AT),
                u32(from, at + SENT_AT));
    }

    private static Bytes bytes(byte[] from, int at, int length) {
        return Bytes.wrap(Arrays.copyOfRange(from, at, at + length));
    }

    private static U128 u128(byte[] from, int at) {
        return U128.of(u64(from, at + Long.BYTES), u64(from, at));
    }
}
