package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What a registrar thinks of an identity ({@code pallet_identity::Judgement}). */
public sealed interface Judgement {

    record Unknown() implements Judgement {}

    /** None yet; so many plancks of the account are reserved for it. */
    record FeePaid(U128 fee) implements Judgement {}

    record Reasonable() implements Judgement {}

    record KnownGood() implements Judgement {}

    record OutOfDate() implements Judgement {}

    record LowQuality() implements Judgement {}

    record Erroneous() implements Judgement {}

    Codec<Judgement> CODEC = Variants.of(Judgement.class)
            .with(0, "Unknown", Unknown.class, struct(Unknown::new))
            .with(1, "FeePaid", FeePaid.class, struct(FeePaid::new, field("", "Balance", Codecs.U128, FeePaid::fee)))
            .with(2, "Reasonable", Reasonable.class, struct(Reasonable::new))
            .with(3, "KnownGood", KnownGood.class, struct(KnownGood::new))
            .with(4, "OutOfDate", OutOfDate.class, struct(OutOfDate::new))
            .with(5, "LowQuality", LowQuality.class, struct(LowQuality::new))
            .with(6, "Erroneous", Erroneous.class, struct(Erroneous::new)).complete()
            .named("pallet_identity::types::Judgement", TypeParameter.of("Balance", Codecs.U128.type()));

    /** Whether a deposit stands behind it. */
    default boolean hasDeposit() {
        return this instanceof FeePaid;
    }

    /** Whether it outlives a change of the identity, and a further request does not replace it. */
    default boolean isSticky() {
        return this instanceof FeePaid || this instanceof Erroneous;
    }

    /** Whether the registrar vouches for the identity. */
    default boolean isPositive() {
        return this instanceof Reasonable || this instanceof KnownGood;
    }
}
