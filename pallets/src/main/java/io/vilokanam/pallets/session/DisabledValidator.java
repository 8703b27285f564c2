package io.vilokanam.pallets.session;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A validator that must not work in this session, by its index, and how severe its offence was. */
record DisabledValidator(long index, Perbill severity) {

    private static final Codec<Perbill> SEVERITY = struct((Perbill part) -> part,
            field("", "Perbill", Perbill.CODEC, (Perbill part) -> part)).named("sp_staking::offence::OffenceSeverity");

    /** {@code Vec<(u32, OffenceSeverity)>}, sorted by index. */
    static final Codec<List<DisabledValidator>> LIST = Codecs
            .vec(struct(DisabledValidator::new, field(Codecs.U32, DisabledValidator::index),
                    field(SEVERITY, DisabledValidator::severity)).tuple());
}
