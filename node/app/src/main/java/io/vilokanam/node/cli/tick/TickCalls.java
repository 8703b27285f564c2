package io.vilokanam.node.cli.tick;

import java.util.List;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** The calls of tick-stream that the commands make, in SCALE: the pallet's index, the call's, and its arguments. */
final class TickCalls {

    /** The pallet's index; indices are never reused. */
    private static final int PALLET = 20;

    private static final int CREATE_STREAM = 0;
    private static final int OPEN_SESSION = 2;
    private static final int REQUEST_CLOSE = 6;

    private static final Codec<List<Payee>> PAYEES = Codecs.vec(Payee.CODEC);

    private TickCalls() {}

    /** Without payees the signer gets all of it. */
    static byte[] createStream(U128 rate, List<Payee> payees, long freeTicks, Bytes title) {
        ScaleOutput out = call(CREATE_STREAM).compact(rate);
        PAYEES.encode(payees, out);
        return out.compact(freeTicks).bytes(title.view()).toByteArray();
    }

    /** What a viewer opens a session with. */
    record Opening(long stream, U128 deposit, U128 maxRate, long maxTicks, Bytes anchor, Bytes salt,
            PublicKey sessionKey,
            Bytes closeHash) {}

    static byte[] openSession(Opening opening) {
        return call(OPEN_SESSION).compact(opening.stream).compact(opening.deposit).compact(opening.maxRate)
                .compact(opening.maxTicks).raw(opening.anchor.view()).raw(opening.salt.view())
                .raw(opening.sessionKey.bytes().view()).raw(opening.closeHash.view()).toByteArray();
    }

    static byte[] requestClose(long session) {
        return call(REQUEST_CLOSE).compact(session).toByteArray();
    }

    private static ScaleOutput call(int index) {
        return new ScaleOutput().u8(PALLET).u8(index);
    }
}
