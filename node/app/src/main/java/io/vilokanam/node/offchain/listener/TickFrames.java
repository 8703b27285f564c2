package io.vilokanam.node.offchain.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.vilokanam.offchain.collector.Submission;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.scale.Bytes;

/**
 * The bytes of the tick listener, little endian. A message to the node holds one to {@value #WORDS_PER_MESSAGE_MAX} words of
 * {@value #WORD_SIZE} bytes, one behind the other: session u64, ticks u32, word 32 bytes. A message from the node holds as
 * many answers of {@value #ANSWER_SIZE} bytes: session u64, paid ticks u32, settled ticks u32, left ticks u32, code u8.
 */
public final class TickFrames {

    public static final int WORD_SIZE = 44;
    public static final int ANSWER_SIZE = 21;
    public static final int WORDS_PER_MESSAGE_MAX = 1_024;
    public static final int MESSAGE_BYTES_MAX = WORD_SIZE * WORDS_PER_MESSAGE_MAX;

    private static final int WORD = 32;

    /** What became of a word; the number is the answer's last byte. The first seven are those of the collector. */
    public enum Code {
        ACCEPTED, STALE, AHEAD, MISMATCH, CLOSING, EXHAUSTED, UNKNOWN,
        /** Not looked at: the connection or the session sends too many. */
        LIMITED,
        /** Not taken: the node cannot ask the chain now, or holds as many sessions as it may. */
        UNAVAILABLE;

        static Code of(Verdict verdict) {
            return switch (verdict) {
                case ACCEPTED -> ACCEPTED;
                case STALE -> STALE;
                case AHEAD -> AHEAD;
                case MISMATCH -> MISMATCH;
                case CLOSING -> CLOSING;
                case EXHAUSTED -> EXHAUSTED;
                case UNKNOWN -> UNKNOWN;
            };
        }

        /** Whether finding this answer may have cost more than a hash, for nothing. */
        boolean isFutile() {
            return this == MISMATCH || this == UNKNOWN;
        }
    }

    /** A word as it came. */
    record Word(long session, long ticks, Bytes word) {}

    private TickFrames() {}

    /** Whether a message can be a list of words. */
    static boolean isWhole(int length) {
        return length > 0 && length <= MESSAGE_BYTES_MAX && length % WORD_SIZE == 0;
    }

    /** Word number {@code index} of a message. */
    static Word read(byte[] message, int index) {
        ByteBuffer in = ByteBuffer.wrap(message, index * WORD_SIZE, WORD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        long session = in.getLong();
        long ticks = in.getInt() & 0xffff_ffffL;
        byte[] word = new byte[WORD];
        in.get(word);
        return new Word(session, ticks, Bytes.wrap(word));
    }

    static void write(ByteBuffer out, long session, Submission answer) {
        out.putLong(session).putInt((int) answer.paidTicks()).putInt((int) answer.settledTicks())
                .putInt((int) answer.leftTicks()).put((byte) Code.of(answer.verdict()).ordinal());
    }

    /** An answer without a look at the session: its numbers are zero. */
    static void write(ByteBuffer out, long session, Code code) {
        out.putLong(session).putInt(0).putInt(0).putInt(0).put((byte) code.ordinal());
    }
}
