package io.vilokanam.offchain.collector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.scale.Bytes;

/**
 * Words as viewers send them, and the answers to them, in arrays that are used again and again: checking a word allocates nothing.
 * A word is 44 bytes, little endian: session u64, ticks u32, word. One thread at a time.
 */
public final class WordBatch {

    /** Bytes of a word: session u64, ticks u32, word 32 bytes. */
    public static final int WORD_SIZE = 44;

    /** Answers below this are those of {@link Verdict}, by their order. */
    public static final int LIMITED = Verdict.values().length;

    /** Not taken: the chain cannot be asked, or there is no room. */
    public static final int UNAVAILABLE = LIMITED + 1;

    /** Not answered yet: the chain has to be asked first, or there is more to hash than is done in passing. */
    public static final int LATER = -1;

    private static final int TICKS_AT = Long.BYTES;
    private static final int WORD_AT = TICKS_AT + Integer.BYTES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    final Sha2Chain chain = new Sha2Chain();
    final byte[] words;
    /** Where the sessions' rows were when the batch was begun: hints. */
    final int[] rows;
    /** What was read to have it in the cache; means nothing. */
    int drawn;
    private final byte[] codes;
    private final int[] paid;
    private final int[] settled;
    private final int[] left;
    private int count;
    /** Milliseconds since 1970, when the batch was begun. */
    long nowMillis;

    /** Room for {@code capacity} words. */
    public WordBatch(int capacity) {
        words = new byte[capacity * WORD_SIZE];
        rows = new int[capacity];
        codes = new byte[capacity];
        paid = new int[capacity];
        settled = new int[capacity];
        left = new int[capacity];
    }

    /** Where the words are to be written, one behind the other. */
    public byte[] words() {
        return words;
    }

    public int capacity() {
        return codes.length;
    }

    public int count() {
        return count;
    }

    /** So many words were written. */
    public void count(int words) {
        count = words;
    }

    public long session(int index) {
        return (long) LONGS.get(words, index * WORD_SIZE);
    }

    public long ticks(int index) {
        return (int) INTS.get(words, index * WORD_SIZE + TICKS_AT) & 0xffff_ffffL;
    }

    Bytes word(int index) {
        return Bytes.wrap(Arrays.copyOfRange(words, wordAt(index), wordAt(index) + RowCodec.WORD));
    }

    static int wordAt(int index) {
        return index * WORD_SIZE + WORD_AT;
    }

    /** Writes a word into its place. */
    public void put(int index, long session, long ticks, byte[] word) {
        LONGS.set(words, index * WORD_SIZE, session);
        INTS.set(words, index * WORD_SIZE + TICKS_AT, (int) ticks);
        System.arraycopy(word, 0, words, wordAt(index), RowCodec.WORD);
    }

    /** What became of a word: the order of a {@link Verdict}, {@link #LIMITED} or {@link #UNAVAILABLE}. */
    public int code(int index) {
        return codes[index];
    }

    /** The number of the newest known word; u32. */
    public int paid(int index) {
        return paid[index];
    }

    /** How many ticks are settled; u32. */
    public int settled(int index) {
        return settled[index];
    }

    /** How many more ticks escrow and hash chain allow for; u32. */
    public int left(int index) {
        return left[index];
    }

    /** Answers a word without a look at its session. */
    public void answer(int index, int code) {
        answer(index, code, 0, 0, 0);
    }

    void answer(int index, int code, long paidTicks, long settledTicks, long leftTicks) {
        codes[index] = (byte) code;
        paid[index] = (int) paidTicks;
        settled[index] = (int) settledTicks;
        left[index] = (int) leftTicks;
    }

    void answer(int index, Submission answer) {
        answer(index, answer.verdict().ordinal(), answer.paidTicks(), answer.settledTicks(), answer.leftTicks());
    }
}
