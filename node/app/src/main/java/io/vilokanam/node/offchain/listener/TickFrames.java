package io.vilokanam.node.offchain.listener;

import java.util.Locale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.collector.WordBatch;

/**
 * The bytes of the tick listener, little endian. A message to the node holds one to {@value #WORDS_PER_MESSAGE_MAX} words of
 * {@link WordBatch#WORD_SIZE} bytes, one behind the other: session u64, ticks u32, word 32 bytes. A message from the node holds as
 * many answers of {@value #ANSWER_SIZE} bytes: session u64, paid ticks u32, settled ticks u32, left ticks u32, code u8.
 */
public final class TickFrames {

    public static final int WORD_SIZE = WordBatch.WORD_SIZE;
    public static final int ANSWER_SIZE = 21;
    public static final int WORDS_PER_MESSAGE_MAX = 1_024;
    public static final int MESSAGE_BYTES_MAX = WORD_SIZE * WORDS_PER_MESSAGE_MAX;

    private static final int HEADER_MAX = 4;
    private static final int SHORT_MAX = 125;
    private static final int TWO_BYTES_FOLLOW = 126;

    /** What became of a word; the number is the answer's last byte. The first seven are those of the collector. */
    public enum Code {
        ACCEPTED, STALE, AHEAD, MISMATCH, CLOSING, EXHAUSTED, UNKNOWN,
        /** Not looked at: the connection or the session sends too many. */
        LIMITED,
        /** Not taken: the node cannot ask the chain now, or holds as many sessions as it may. */
        UNAVAILABLE;

        /** Whether finding this answer may have cost more than a hash, for nothing. */
        static boolean isFutile(int code) {
            return code == Verdict.MISMATCH.ordinal() || code == Verdict.UNKNOWN.ordinal()
                    || code == WordBatch.UNAVAILABLE;
        }

        /** As labels of metrics have it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private TickFrames() {}

    /** Whether a message can be a list of words. */
    static boolean isWhole(int length) {
        return length > 0 && length <= MESSAGE_BYTES_MAX && length % WORD_SIZE == 0;
    }

    /** The answers to the first {@code words} words of a batch as one WebSocket message. */
    static ByteBuf answers(ByteBufAllocator allocator, WordBatch batch, int words) {
        int length = words * ANSWER_SIZE;
        ByteBuf out = allocator.directBuffer(HEADER_MAX + length).writeByte(Frame.FINAL | Frame.BINARY);
        if (length <= SHORT_MAX) {
            out.writeByte(length);
        } else {
            out.writeByte(TWO_BYTES_FOLLOW).writeShort(length);
        }
        for (int i = 0; i < words; i++) {
            out.writeLongLE(batch.session(i)).writeIntLE(batch.paid(i)).writeIntLE(batch.settled(i))
                    .writeIntLE(batch.left(i)).writeByte(batch.code(i));
        }
        return out;
    }
}
