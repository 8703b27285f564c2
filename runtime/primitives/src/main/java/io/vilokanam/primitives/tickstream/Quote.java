package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What viewing a stream would cost a viewer who opened a session now.
 *
 * @param rate plancks a tick
 * @param fee the platform's share of it
 * @param freeTicks ticks that cost this viewer nothing
 * @param minimumDeposit the least escrow, plancks
 * @param ticks how many ticks the deposit in question buys, free ones included
 */
public record Quote(U128 rate, Permill fee, long freeTicks, U128 minimumDeposit, U128 ticks) {

    public static final Codec<Quote> CODEC = struct(Quote::new, field("rate", "Balance", Codecs.U128, Quote::rate),
            field("fee", "Permill", Permill.CODEC, Quote::fee),
            field("free_ticks", "u32", Codecs.U32, Quote::freeTicks),
            field("minimum_deposit", "Balance", Codecs.U128, Quote::minimumDeposit),
            field("ticks", "u128", Codecs.U128, Quote::ticks)).named("vilokanam_primitives::tickstream::Quote");
}
