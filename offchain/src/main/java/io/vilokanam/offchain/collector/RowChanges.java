package io.vilokanam.offchain.collector;

import java.util.List;
import java.util.Map;

import io.vilokanam.scale.Bytes;

/**
 * What changed in a part of the collector since the last write.
 *
 * @param stripe the part, of {@link TickCollector#STRIPES}
 * @param size how many rows the part has now; those behind are gone
 * @param positions of the rows that changed, in order
 * @param rows their content, {@link #ROW_SIZE} bytes each
 * @param removed sessions that are gone
 * @param secrets the close secrets of the sessions in {@code rows} that have one
 */
public record RowChanges(int stripe, int size, int[] positions, byte[] rows, List<Long> removed,
        Map<Long, Bytes> secrets) {

    /** Bytes of a row. */
    public static final int ROW_SIZE = RowCodec.SIZE;

    /** How many rows there are. */
    public int count() {
        return positions.length;
    }

    /** The id of the session in a row. */
    public long session(int index) {
        return RowCodec.u64(rows, index * ROW_SIZE + RowCodec.ID_AT);
    }

    /** Whether other nodes shall hear a session's newest word from here: none of them brought it, and it is not settled yet. */
    public boolean isToPass(int index) {
        int row = index * ROW_SIZE;
        return !RowCodec.has(rows, row, RowCodec.FOREIGN)
                && RowCodec.u32(rows, row + RowCodec.TICKS_AT) > RowCodec.u32(rows, row + RowCodec.SETTLED_AT);
    }

    /** Writes the session's newest word, as viewers send it, {@link WordBatch#WORD_SIZE} bytes. */
    public void copyWord(int index, byte[] to, int at) {
        int row = index * ROW_SIZE;
        System.arraycopy(rows, row + RowCodec.ID_AT, to, at, Long.BYTES);
        System.arraycopy(rows, row + RowCodec.TICKS_AT, to, at + Long.BYTES, Integer.BYTES);
        System.arraycopy(rows, row + RowCodec.WORD_AT, to, at + Long.BYTES + Integer.BYTES, RowCodec.WORD);
    }

    /**
     * Writes the close secret of a session as nodes pass it on: like a word, with {@link ForeignWords#SECRET} as its number.
     */
    public void copySecret(long session, byte[] to, int at) {
        RowCodec.u64(to, at, session);
        RowCodec.u32(to, at + Long.BYTES, ForeignWords.SECRET);
        System.arraycopy(secrets.get(session).view(), 0, to, at + Long.BYTES + Integer.BYTES, RowCodec.WORD);
    }
}
