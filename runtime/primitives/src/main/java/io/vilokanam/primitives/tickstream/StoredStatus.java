package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/**
 * How a session's status and funding are written: together. Sessions whose viewer pays for everything keep the bytes that they
 * had before there were others, so that no session needs to be rewritten when a chain learns of the others.
 */
sealed interface StoredStatus {

    record Open(long expiresAt) implements StoredStatus {}

    record Closing(long until) implements StoredStatus {}

    record OpenFunded(long expiresAt, Funding funding) implements StoredStatus {}

    record ClosingFunded(long until, Funding funding) implements StoredStatus {}

    Codec<StoredStatus> CODEC = Variants.of(StoredStatus.class)
            .with(0, "Open", Open.class,
                    struct(Open::new, field("expires_at", "BlockNumber", Codecs.U32, Open::expiresAt)))
            .with(1, "Closing", Closing.class,
                    struct(Closing::new, field("until", "BlockNumber", Codecs.U32, Closing::until)))
            .with(2, "OpenFunded", OpenFunded.class,
                    struct(OpenFunded::new, field("expires_at", "BlockNumber", Codecs.U32, OpenFunded::expiresAt),
                            field("funding", "Funding", Funding.CODEC, OpenFunded::funding)))
            .with(3, "ClosingFunded", ClosingFunded.class,
                    struct(ClosingFunded::new, field("until", "BlockNumber", Codecs.U32, ClosingFunded::until),
                            field("funding", "Funding", Funding.CODEC, ClosingFunded::funding)))
            .complete().named("vilokanam_primitives::tickstream::SessionStatus");

    static StoredStatus of(SessionStatus status, Funding funding) {
        boolean isOwn = funding.equals(Funding.OWN);
        return switch (status) {
            case SessionStatus.Open(long expiresAt) -> isOwn ? new Open(expiresAt) : new OpenFunded(expiresAt, funding);
            case SessionStatus.Closing(long until) -> isOwn ? new Closing(until) : new ClosingFunded(until, funding);
        };
    }

    default SessionStatus status() {
        return switch (this) {
            case Open(long expiresAt) -> new SessionStatus.Open(expiresAt);
            case OpenFunded(long expiresAt, Funding _) -> new SessionStatus.Open(expiresAt);
            case Closing(long until) -> new SessionStatus.Closing(until);
            case ClosingFunded(long until, Funding _) -> new SessionStatus.Closing(until);
        };
    }

    default Funding whose() {
        return switch (this) {
            case Open _,Closing _ -> Funding.OWN;
            case OpenFunded(long _, Funding funding) -> funding;
            case ClosingFunded(long _, Funding funding) -> funding;
        };
    }
}
