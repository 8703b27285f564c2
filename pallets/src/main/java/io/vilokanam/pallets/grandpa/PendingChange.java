package io.vilokanam.pallets.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * A change of the authority set that was asked for in block {@code scheduledAt} and takes effect {@code delay} blocks later
 * ({@code pallet_grandpa::StoredPendingChange}).
 *
 * @param forced the block that was last finalised as far as anyone knows, where finality has stalled
 */
record PendingChange(long scheduledAt, long delay, List<Authority> nextAuthorities, Optional<Long> forced) {

    static final Codec<PendingChange> CODEC = struct(PendingChange::new,
            field("scheduled_at", "N", Codecs.U32, PendingChange::scheduledAt),
            field("delay", "N", Codecs.U32, PendingChange::delay),
            field("next_authorities", "BoundedAuthorityList<Limit>", Authority.BOUNDED_LIST,
                    PendingChange::nextAuthorities),
            field("forced", "Option<N>", Codecs.option(Codecs.U32), PendingChange::forced))
            .named("pallet_grandpa::StoredPendingChange", TypeParameter.of("N", Codecs.U32.type()),
                    TypeParameter.skipped("Limit"));
}
