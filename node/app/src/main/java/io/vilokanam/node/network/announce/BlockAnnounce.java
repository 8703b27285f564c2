package io.vilokanam.node.network.announce;

import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * A header that a peer has the block of: SCALE header, a byte that says whether it is the best one, and bytes for which this
 * kind of chain has no use ({@code sc_network_common::sync::message::BlockAnnounce}).
 */
public record BlockAnnounce(Header header, boolean isBest) {

    /** The longest message of the protocol. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int NORMAL = 0;
    private static final int BEST = 1;

    public Bytes encode() {
        ScaleOutput out = new ScaleOutput();
        Header.CODEC.encode(header, out);
        return out.u8(isBest ? BEST : NORMAL).bytes(new byte[0]).toBytes();
    }

    /** Where the tail is missing, as old nodes left it out, the block is taken as the best one. */
    public static BlockAnnounce decode(Bytes message) throws ScaleException {
        ScaleInput in = new ScaleInput(message.view());
        Header header = Header.CODEC.decode(in);
        if (in.remaining() == 0) {
            return new BlockAnnounce(header, true);
        }
        int state = in.u8();
        if (state > BEST) {
            throw new ScaleException("state of an announced block is " + state + ": expected 0 or 1");
        }
        if (in.remaining() > 0 && in.bytes().length > 0) {
            throw new ScaleException("announced block comes with data: expected none");
        }
        in.expectEnd();
        return new BlockAnnounce(header, state == BEST);
    }
}
