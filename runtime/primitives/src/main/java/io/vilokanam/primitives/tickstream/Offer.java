package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * All that a viewer finds who would open a session now.
 *
 * @param quote what it costs, with the viewer's subscription and the sponsor that was asked about
 * @param listRate plancks a tick for everybody else
 * @param subscription the viewer's, where it lowers the rate
 * @param sponsoredTicks how many ticks the sponsor would pay; 0 where none would be paid
 * @param maxTicks beyond so many ticks the session cannot go
 * @param spendable what the viewer's own spending limit leaves today; empty where there is none
 */
public record Offer(Quote quote, U128 listRate, Optional<Subscription> subscription, long sponsoredTicks, long maxTicks,
        Optional<U128> spendable) {

    public static final Codec<Offer> CODEC = struct(Offer::new, field("quote", "Quote", Quote.CODEC, Offer::quote),
            field("list_rate", "Balance", Codecs.U128, Offer::listRate),
            field("subscription", "Option<Subscription>", Codecs.option(Subscription.CODEC), Offer::subscription),
            field("sponsored_ticks", "u32", Codecs.U32, Offer::sponsoredTicks),
            field("max_ticks", "u32", Codecs.U32, Offer::maxTicks),
            field("spendable", "Option<Balance>", Codecs.option(Codecs.U128), Offer::spendable))
            .named("vilokanam_primitives::tickstream::Offer");
}
