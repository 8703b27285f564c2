package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * Who pays for a session besides its viewer.
 *
 * @param payer who put the escrow down and gets back what is left of it; empty where the viewer did
 * @param sponsored who pays the first ticks
 */
public record Funding(Optional<AccountId> payer, Optional<Sponsored> sponsored) {

    /** The viewer pays for everything. */
    public static final Funding OWN = new Funding(Optional.empty(), Optional.empty());

    /**
     * Ticks that a sponsor pays: the first ones behind those that are free.
     *
     * @param sponsorship whose pot it is
     * @param sponsor who gets what is left where the sponsorship has ended by then
     * @param ticks how many
     */
    public record Sponsored(long sponsorship, AccountId sponsor, long ticks) {

        public static final Codec<Sponsored> CODEC = struct(Sponsored::new,
                field("sponsorship", "SponsorshipId", Codecs.COMPACT_U64, Sponsored::sponsorship),
                field("sponsor", "AccountId", AccountId.CODEC, Sponsored::sponsor),
                field("ticks", "u32", Codecs.COMPACT_U32, Sponsored::ticks))
                .named("vilokanam_primitives::tickstream::Sponsored");
    }

    public static final Codec<Funding> CODEC = struct(Funding::new,
            field("payer", "Option<AccountId>", Codecs.option(AccountId.CODEC), Funding::payer),
            field("sponsored", "Option<Sponsored>", Codecs.option(Sponsored.CODEC), Funding::sponsored))
            .named("vilokanam_primitives::tickstream::Funding");

    public static Funding givenBy(AccountId payer) {
        return new Funding(Optional.of(payer), Optional.empty());
    }

    public static Funding of(Sponsored sponsored) {
        return new Funding(Optional.empty(), Optional.of(sponsored));
    }
}
