package io.vilokanam.node.network.announce;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/** What both sides say when block announces open: 69 bytes of roles, best number (u32 LE), best hash and genesis hash. */
public record AnnounceHandshake(Roles roles, BlockRef best, Hash genesis) {

    /** The only length there is. */
    public static final int BYTES = 69;

    public Bytes encode() {
        return new ScaleOutput(BYTES).u8(roles.code()).u32(best.number()).raw(best.hash().bytes().view())
                .raw(genesis.bytes().view()).toBytes();
    }

    public static AnnounceHandshake decode(Bytes handshake) throws ScaleException {
        ScaleInput in = new ScaleInput(handshake.view());
        int code = in.u8();
        Roles roles = Roles.ofCode(code)
                .orElseThrow(() -> new ScaleException("roles " + code + ": expected 1, 2 or 4"));
        long number = in.u32();
        Hash best = Hash.CODEC.decode(in);
        Hash genesis = Hash.CODEC.decode(in);
        in.expectEnd();
        return new AnnounceHandshake(roles, new BlockRef(best, number), genesis);
    }
}
