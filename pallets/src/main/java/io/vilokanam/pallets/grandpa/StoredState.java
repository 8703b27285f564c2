package io.vilokanam.pallets.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** Whether the authority set votes ({@code pallet_grandpa::StoredState}). */
sealed interface StoredState {

    record Live() implements StoredState {}

    record PendingPause(long scheduledAt, long delay) implements StoredState {}

    record Paused() implements StoredState {}

    record PendingResume(long scheduledAt, long delay) implements StoredState {}

    Codec<StoredState> CODEC = Variants.of(StoredState.class).with(0, "Live", Live.class, struct(Live::new))
            .with(1, "PendingPause", PendingPause.class,
                    struct(PendingPause::new, field("scheduled_at", "N", Codecs.U32, PendingPause::scheduledAt),
                            field("delay", "N", Codecs.U32, PendingPause::delay)))
            .with(2, "Paused", Paused.class, struct(Paused::new))
            .with(3, "PendingResume", PendingResume.class,
                    struct(PendingResume::new, field("scheduled_at", "N", Codecs.U32, PendingResume::scheduledAt),
                            field("delay", "N", Codecs.U32, PendingResume::delay)))
            .complete().named("pallet_grandpa::StoredState", TypeParameter.of("N", Codecs.U32.type()));
}
