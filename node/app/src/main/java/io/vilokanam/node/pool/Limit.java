package io.vilokanam.node.pool;

/** How much one queue of the pool holds: transactions, and bytes of their wire forms. */
public record Limit(int count, long bytes) {

    boolean isExceeded(int countNow, long bytesNow) {
        return countNow > count || bytesNow > bytes;
    }
}
