package io.vilokanam.node.network.libp2p.transport;

/**
 * How many bytes may come in a second; what is beyond waits at the sender.
 *
 * @param connectionBytes on one connection, of which a peer has two at most
 * @param allBytes on all connections together
 */
public record VolumeLimits(long connectionBytes, long allBytes) {

    /** Far above what a chain needs, and below what keeps a processor busy with deciphering. */
    public static final VolumeLimits DEFAULT = new VolumeLimits(32 << 20, 128 << 20);

    public VolumeLimits {
        if (connectionBytes < 1 || allBytes < 1) {
            throw new IllegalArgumentException(
                    "limits of " + connectionBytes + " and " + allBytes + " bytes a second: expected at least 1");
        }
    }
}
