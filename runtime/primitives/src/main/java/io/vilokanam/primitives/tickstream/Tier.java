package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What a subscription to a stream costs and gives.
 *
 * @param price plancks, paid at once
 * @param days of 24 hours that a subscription lasts
 * @param discount the share of the rate that a subscriber does not pay
 */
public record Tier(U128 price, long days, Permill discount) {

    public static final Codec<Tier> CODEC = struct(Tier::new,
            field("price", "Balance", Codecs.COMPACT_U128, Tier::price),
            field("days", "u32", Codecs.COMPACT_U32, Tier::days),
            field("discount", "Permill", Permill.CODEC, Tier::discount))
            .named("vilokanam_primitives::tickstream::Tier");

    /** How long a subscription lasts, in milliseconds. */
    public long millis() {
        return days * Day.MILLIS;
    }

    /** What a tick costs a subscriber where it costs others {@code rate}: at least one planck. */
    public U128 rateOf(U128 rate) {
        return rate.saturatingMinus(discount.of(rate)).max(U128.ONE);
    }
}
