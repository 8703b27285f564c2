package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** Where a session stands in its life; block numbers are u32. */
public sealed interface SessionStatus {

    /** Words settle; ends by itself at block {@code expiresAt}. */
    record Open(long expiresAt) implements SessionStatus {}

    /** Words still settle until block {@code until}, then the rest goes back to the viewer. */
    record Closing(long until) implements SessionStatus {}

    Codec<SessionStatus> CODEC = Variants.of(SessionStatus.class)
            .with(0, "Open", Open.class,
                    struct(Open::new, field("expires_at", "BlockNumber", Codecs.U32, Open::expiresAt)))
            .with(1, "Closing", Closing.class,
                    struct(Closing::new, field("until", "BlockNumber", Codecs.U32, Closing::until)))
            .complete().named("vilokanam_primitives::tickstream::SessionStatus");
}
