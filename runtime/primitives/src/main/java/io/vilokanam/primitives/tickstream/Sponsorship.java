package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * A sponsor's pot for a stream: it pays the first ticks of each viewer who asks for it.
 *
 * @param stream whose viewers it pays for
 * @param terms what the sponsor agreed to
 * @param left plancks that are not set aside for sessions
 * @param day the day of {@code viewersThatDay}, counted from 1970
 */
public record Sponsorship(long stream, AccountId sponsor, Terms terms, U128 left, long day, long viewersThatDay) {

    /**
     * What a sponsor agrees to.
     *
     * @param ticks how many ticks of a viewer are paid, once a viewer
     * @param maxRate no session is paid for whose tick costs more plancks
     * @param viewerDeposit what a viewer must put into escrow besides, plancks
     * @param viewersADay how many viewers may begin in 24 hours
     */
    public record Terms(long ticks, U128 maxRate, U128 viewerDeposit, long viewersADay) {

        public static final Codec<Terms> CODEC = struct(Terms::new,
                field("ticks", "u32", Codecs.COMPACT_U32, Terms::ticks),
                field("max_rate", "Balance", Codecs.COMPACT_U128, Terms::maxRate),
                field("viewer_deposit", "Balance", Codecs.COMPACT_U128, Terms::viewerDeposit),
                field("viewers_a_day", "u32", Codecs.COMPACT_U32, Terms::viewersADay))
                .named("vilokanam_primitives::tickstream::SponsorshipTerms");
    }

    public static final Codec<Sponsorship> CODEC = struct(Sponsorship::new,
            field("stream", "StreamId", Codecs.COMPACT_U64, Sponsorship::stream),
            field("sponsor", "AccountId", AccountId.CODEC, Sponsorship::sponsor),
            field("terms", "SponsorshipTerms", Terms.CODEC, Sponsorship::terms),
            field("left", "Balance", Codecs.COMPACT_U128, Sponsorship::left),
            field("day", "u32", Codecs.COMPACT_U32, Sponsorship::day),
            field("viewers_that_day", "u32", Codecs.COMPACT_U32, Sponsorship::viewersThatDay))
            .named("vilokanam_primitives::tickstream::Sponsorship");

    /** How many viewers began on a day. */
    public long viewersOn(long other) {
        return day == other ? viewersThatDay : 0;
    }

    /** The same after a viewer began on a day, for whom {@code reserve} is set aside. */
    public Sponsorship withViewer(long other, U128 reserve) {
        return new Sponsorship(stream, sponsor, terms, left.minus(reserve), other, viewersOn(other) + 1);
    }

    public Sponsorship plus(U128 amount) {
        return new Sponsorship(stream, sponsor, terms, left.plus(amount), day, viewersThatDay);
    }
}
