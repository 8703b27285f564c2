package io.vilokanam.consensus.aura;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** A message of the runtime to Aura in a consensus digest ({@code sp_consensus_aura::ConsensusLog}). */
public sealed interface AuraLog {

    /** From the next block on these keys author, in this order. */
    record AuthoritiesChange(List<PublicKey> authorities) implements AuraLog {
        public AuthoritiesChange {
            authorities = List.copyOf(authorities);
        }
    }

    /** The authority at this index (u32) is disabled until the next change. */
    record OnDisabled(long authorityIndex) implements AuraLog {}

    Codec<AuraLog> CODEC = Variants.of(AuraLog.class)
            .with(1, "AuthoritiesChange", AuthoritiesChange.class,
                    struct(AuthoritiesChange::new,
                            field(Codecs.vec(PublicKey.AURA), AuthoritiesChange::authorities)))
            .with(2, "OnDisabled", OnDisabled.class,
                    struct(OnDisabled::new, field(Codecs.U32, OnDisabled::authorityIndex)))
            .complete().named("sp_consensus_aura::ConsensusLog");
}
