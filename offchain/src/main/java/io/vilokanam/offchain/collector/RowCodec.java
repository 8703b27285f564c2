package io.vilokanam.offchain.collector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * A {@link KnownSession} in a fixed number of bytes, little endian: in memory, and in the local store. Ticks and block numbers
 * are u32. Any change of the order here is a new {@link #VERSION}.
 */
final class RowCodec {

    static final byte VERSION = 1;
    static final int ID = Long.BYTES;
    static final int SALT = 16;
    static final int WORD = 32;
    private static final int U32S = 8;

    /** Id, stream, opening time, salt, word, rate, funds, eight u32s and a byte of flags. */
    static final int SIZE = 3 * Long.BYTES + SALT + WORD + 4 * Long.BYTES + U32S * Integer.BYTES + 1;

    private RowCodec() {}

    static void write(KnownSession session, byte[] to, int at) {
        SessionFacts facts = session.facts();
        ByteBuffer out = ByteBuffer.wrap(to, at, SIZE).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(session.id()).putLong(facts.stream()).putLong(facts.openedAt());
        out.put(facts.salt().view()).put(session.word().view());
        out.putLong(facts.rate().low()).putLong(facts.rate().high());
        out.putLong(facts.funds().low()).putLong(facts.funds().high());
        out.putInt((int) session.ticks()).putInt((int) facts.settledTicks()).putInt((int) facts.payableTicks());
        out.putInt((int) facts.freeTicks()).putInt((int) facts.until());
        out.putInt((int) session.heardAt()).putInt((int) session.refreshedAt()).putInt((int) session.settledAt());
        out.put((byte) (facts.isClosing() ? 1 : 0));
    }

    static long id(byte[] from, int at) {
        return ByteBuffer.wrap(from, at, ID).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    static KnownSession read(byte[] from, int at) {
        ByteBuffer in = ByteBuffer.wrap(from, at, SIZE).order(ByteOrder.LITTLE_ENDIAN);
        long id = in.getLong();
        long stream = in.getLong();
        long openedAt = in.getLong();
        Bytes salt = bytes(in, SALT);
        Bytes word = bytes(in, WORD);
        U128 rate = u128(in);
        U128 funds = u128(in);
        long ticks = u32(in);
        long settledTicks = u32(in);
        long payableTicks = u32(in);
        long freeTicks = u32(in);
        long until = u32(in);
        long heardAt = u32(in);
        long refreshedAt = u32(in);
        long settledAt = u32(in);
        boolean isClosing = in.get() != 0;
        SessionFacts facts = new SessionFacts(stream, salt, rate, freeTicks, openedAt, settledTicks, funds,
                payableTicks,
                isClosing, until);
        return new KnownSession(id, facts, ticks, word, heardAt, refreshedAt, settledAt);
    }

    private static Bytes bytes(ByteBuffer in, int length) {
        byte[] content = new byte[length];
        in.get(content);
        return Bytes.wrap(content);
    }

    private static U128 u128(ByteBuffer in) {
        long low = in.getLong();
        return U128.of(in.getLong(), low);
    }

    private static long u32(ByteBuffer in) {
        return in.getInt() & 0xffff_ffffL;
    }
}
