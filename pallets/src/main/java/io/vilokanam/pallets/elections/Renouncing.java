package io.vilokanam.pallets.elections;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** As what somebody steps down ({@code pallet_elections_phragmen::Renouncing}). */
public sealed interface Renouncing {

    record Member() implements Renouncing {}

    record RunnerUp() implements Renouncing {}

    /** One of so many candidates at most. */
    record Candidate(long count) implements Renouncing {}

    Codec<Renouncing> CODEC = Variants.of(Renouncing.class).with(0, "Member", Member.class, struct(Member::new))
            .with(1, "RunnerUp", RunnerUp.class, struct(RunnerUp::new))
            .with(2, "Candidate", Candidate.class,
                    struct(Candidate::new, field("", "u32", Codecs.COMPACT_U32, Candidate::count)))
            .complete().named("pallet_elections_phragmen::Renouncing");
}
