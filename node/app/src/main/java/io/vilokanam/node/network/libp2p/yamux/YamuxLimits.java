package io.vilokanam.node.network.libp2p.yamux;

/**
 * What one connection may cost.
 *
 * @param inboundStreamsMax streams that the other side may have open; more are reset
 * @param outboundStreamsMax streams that this side opens
 * @param unreadBytesMax bytes over all streams that have arrived and that nobody has read
 * @param controlBytesMax bytes of answers to pings and the like that the other side does not take
 * @param extraWindowMax bytes by which the windows of all streams together may grow
 */
public record YamuxLimits(int inboundStreamsMax, int outboundStreamsMax, int unreadBytesMax, int controlBytesMax,
        int extraWindowMax) {

    /**
     * Streams: below what stock nodes allow in all (512), above what any of them uses. Unread: six full windows, and what windows
     * may grow by.
     */
    public static final YamuxLimits DEFAULT = new YamuxLimits(128, 128, 5 << 19, 64 << 10, 1 << 20);

    /** With windows that stay as they are. */
    public YamuxLimits(int inboundStreamsMax, int outboundStreamsMax, int unreadBytesMax, int controlBytesMax) {
        this(inboundStreamsMax, outboundStreamsMax, unreadBytesMax, controlBytesMax, 0);
    }
}
