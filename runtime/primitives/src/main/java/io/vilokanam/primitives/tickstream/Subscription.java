package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * A viewer's subscription to a stream.
 *
 * @param tier as it was when the viewer bought it
 * @param expiresAt milliseconds since 1970, by the chain's clock
 */
public record Subscription(Tier tier, long expiresAt) {

    public static final Codec<Subscription> CODEC = struct(Subscription::new,
            field("tier", "Tier", Tier.CODEC, Subscription::tier),
            field("expires_at", "Moment", Codecs.U64, Subscription::expiresAt))
            .named("vilokanam_primitives::tickstream::Subscription");

    /** How many ticks of {@code tickMillis} milliseconds it lasts from {@code now} on. */
    public long ticksLeft(long now, long tickMillis) {
        return Math.max(0, expiresAt - now) / tickMillis;
    }
}
