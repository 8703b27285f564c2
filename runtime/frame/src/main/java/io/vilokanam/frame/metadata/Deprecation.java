package io.vilokanam.frame.metadata;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** Whether something should no longer be used, from version 16 on ({@code ItemDeprecationInfo}). */
public sealed interface Deprecation {

    record No() implements Deprecation {}

    record WithoutNote() implements Deprecation {}

    record WithNote(String note, Optional<String> since) implements Deprecation {}

    Deprecation NO = new No();

    Codec<Deprecation> CODEC = Variants.of(Deprecation.class).with(0, "NotDeprecated", No.class, struct(() -> new No()))
            .with(1, "DeprecatedWithoutNote", WithoutNote.class, struct(() -> new WithoutNote()))
            .with(2, "Deprecated", WithNote.class,
                    struct(WithNote::new, field(Codecs.STRING, WithNote::note),
                            field(Codecs.option(Codecs.STRING), WithNote::since)))
            .complete().as(Codecs.UNIT.type());
}
