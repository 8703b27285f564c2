package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.extrinsic.SignatureCheck;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * What a viewer signs who is given a session: without it anybody could fill the one place that a viewer has at a stream with a
 * session whose words nobody knows.
 */
final class Gifts {

    /** For how many blocks a viewer's word may be good: a day of 2-second blocks. */
    static final long VALIDITY_MAX = 43_200;

    private static final Bytes DOMAIN = Bytes.ascii("vilokanam:open_gift");

    private final CurrentBlock block;

    Gifts(CurrentBlock block) {
        this.block = block;
    }

    /** blake2_256 of the domain, the genesis hash and the gift. */
    byte[] payload(Externalities ext, Gift gift) {
        ScaleOutput out = new ScaleOutput();
        out.raw(DOMAIN.view()).raw(block.blockHash(ext, 0).bytes().view());
        Gift.CODEC.encode(gift, out);
        return ext.blake2b256(out.toByteArray());
    }

    void ensureConsent(Externalities ext, Gift gift, MultiSignature consent) throws DispatchException {
        long number = block.blockNumber(ext);
        ensure(gift.validUntil() >= number && gift.validUntil() <= number + VALIDITY_MAX, TickStreamError.TOO_LATE);
        ensure(SignatureCheck.verifyBytes(ext, consent, payload(ext, gift), gift.viewer()),
                TickStreamError.BAD_CONSENT);
    }
}
