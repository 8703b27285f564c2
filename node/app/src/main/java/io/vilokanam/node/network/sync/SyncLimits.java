package io.vilokanam.node.network.sync;

/**
 * How much is asked for at a time.
 *
 * @param downloads so many peers ({@code --max-parallel-downloads})
 * @param blocks of one peer ({@code --max-blocks-per-request})
 */
public record SyncLimits(int downloads, int blocks) {

    /** The numbers of stock nodes. */
    public static final SyncLimits STOCK = new SyncLimits(5, RangeDownload.RANGE_MAX);
}
