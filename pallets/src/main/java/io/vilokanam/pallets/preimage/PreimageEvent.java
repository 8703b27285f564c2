package io.vilokanam.pallets.preimage;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Variants;

/** The events of {@link Preimage}. */
public sealed interface PreimageEvent {

    record Noted(Hash hash) implements PreimageEvent {}

    record Requested(Hash hash) implements PreimageEvent {}

    record Cleared(Hash hash) implements PreimageEvent {}

    Variants<PreimageEvent> EVENTS = Variants.of(PreimageEvent.class)
            .with(0, "Noted", Noted.class, struct(Noted::new, field("hash", "T::Hash", Hash.CODEC, Noted::hash)),
                    "Bytes were put on the chain.")
            .with(1, "Requested", Requested.class,
                    struct(Requested::new, field("hash", "T::Hash", Hash.CODEC, Requested::hash)),
                    "Bytes were asked for.")
            .with(2, "Cleared", Cleared.class,
                    struct(Cleared::new, field("hash", "T::Hash", Hash.CODEC, Cleared::hash)),
                    "Bytes were taken off the chain.")
            .complete();
}
