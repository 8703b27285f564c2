package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes round all rows of the collector, a piece at a time: every session gets its turn without anybody looking at all of them at
 * once. Each sweep has a place of its own.
 */
public final class Sweep {

    /** Whether a session is worth more than a look. */
    @FunctionalInterface
    public interface RowTest {

        /** {@code sentAt}: {@link KnownSession#settledAt()}. */
        boolean test(long session, long ticks, long settledTicks, long sentAt, long refreshedAt, long until);
    }

    private final Stripe[] stripes;
    private int stripe;
    private int row;

    Sweep(Stripe[] stripes) {
        this.stripes = stripes;
    }

    /**
     * Goes on where the last call ended. One thread at a time.
     *
     * @param rows how many rows are looked at
     * @param max how many sessions are found at most
     */
    public List<Pending> next(int rows, int max, RowTest test) {
        List<Pending> found = new ArrayList<>();
        int left = rows;
        int visited = 0;
        while (left > 0 && found.size() < max && visited <= stripes.length) {
            Stripe held = stripes[stripe];
            synchronized (held) {
                int end = Math.min(held.sessions.size(), row + left);
                int first = row;
                while (row < end && found.size() < max) {
                    byte[] page = held.sessions.page(row);
                    int at = SessionTable.offset(row);
                    if (test.test(RowCodec.u64(page, at + RowCodec.ID_AT), RowCodec.u32(page, at + RowCodec.TICKS_AT),
                            RowCodec.u32(page, at + RowCodec.SETTLED_AT), RowCodec.u32(page, at + RowCodec.SENT_AT),
                            RowCodec.u32(page, at + RowCodec.REFRESHED_AT),
                            RowCodec.u32(page, at + RowCodec.UNTIL_AT))) {
                        found.add(held.pending(row));
                    }
                    row++;
                }
                left -= row - first;
                if (row >= held.sessions.size()) {
                    row = 0;
                    stripe = (stripe + 1) % stripes.length;
                    visited++;
                }
            }
        }
        return found;
    }
}
