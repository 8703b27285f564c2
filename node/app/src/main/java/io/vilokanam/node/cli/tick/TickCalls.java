package io.vilokanam.node.cli.tick;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
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

    private static final int TIP = 11;
    private static final int SET_TIERS = 12;
    private static final int SUBSCRIBE = 13;
    private static final int SPONSOR = 14;
    private static final int END_SPONSORSHIP = 15;
    private static final int OPEN_SPONSORED = 16;
    private static final int OPEN_GIFT = 17;
    private static final int SET_SPENDING_LIMIT = 18;

    private static final Codec<List<Payee>> PAYEES = Codecs.vec(Payee.CODEC);
    private static final Codec<List<Tier>> TIERS = Codecs.vec(Tier.CODEC);
    private static final Codec<Optional<U128>> LIMIT = Codecs.option(Codecs.U128);

    private TickCalls() {}

    /** Without payees the signer gets all of it. */
    static byte[] createStream(U128 rate, List<Payee> payees, long freeTicks, Bytes title) {
        ScaleOutput out = call(CREATE_STREAM).compact(rate);
        PAYEES.encode(payees, out);
        return out.compact(freeTicks).bytes(title.view()).toByteArray();
    }

    static byte[] openSession(Opening opening) {
        ScaleOutput out = call(OPEN_SESSION);
        Opening.CODEC.encode(opening, out);
        return out.toByteArray();
    }

    static byte[] openSponsored(long sponsorship, Opening opening) {
        ScaleOutput out = call(OPEN_SPONSORED).compact(sponsorship);
        Opening.CODEC.encode(opening, out);
        return out.toByteArray();
    }

    /** @param consent the viewer's, over {@code TickStreamApi_gift_payload} */
    static byte[] openGift(Gift gift, MultiSignature consent) {
        ScaleOutput out = call(OPEN_GIFT).raw(gift.viewer().bytes().view()).compact(gift.validUntil());
        Opening.CODEC.encode(gift.opening(), out);
        MultiSignature.CODEC.encode(consent, out);
        return out.toByteArray();
    }

    static byte[] tip(long stream, U128 amount) {
        return call(TIP).compact(stream).compact(amount).toByteArray();
    }

    static byte[] setTiers(long stream, List<Tier> tiers) {
        ScaleOutput out = call(SET_TIERS).compact(stream);
        TIERS.encode(tiers, out);
        return out.toByteArray();
    }

    static byte[] subscribe(long stream, Tier tier) {
        ScaleOutput out = call(SUBSCRIBE).compact(stream);
        Tier.CODEC.encode(tier, out);
        return out.toByteArray();
    }

    static byte[] sponsor(long stream, U128 budget, Sponsorship.Terms terms) {
        ScaleOutput out = call(SPONSOR).compact(stream).compact(budget);
        Sponsorship.Terms.CODEC.encode(terms, out);
        return out.toByteArray();
    }

    static byte[] endSponsorship(long sponsorship) {
        return call(END_SPONSORSHIP).compact(sponsorship).toByteArray();
    }

    /** Empty for none. */
    static byte[] setSpendingLimit(Optional<U128> limit) {
        ScaleOutput out = call(SET_SPENDING_LIMIT);
        LIMIT.encode(limit, out);
        return out.toByteArray();
    }

    static byte[] requestClose(long session) {
        return call(REQUEST_CLOSE).compact(session).toByteArray();
    }

    private static ScaleOutput call(int index) {
        return new ScaleOutput().u8(PALLET).u8(index);
    }
}
