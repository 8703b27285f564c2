package io.vilokanam.primitives.validity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** Why it cannot be told whether a transaction is valid ({@code UnknownTransaction}). */
public sealed interface UnknownTransaction {

    /** The signer's address could not be looked up. */
    record CannotLookup() implements UnknownTransaction {}

    /** Nothing validates unsigned calls of this kind. */
    record NoUnsignedValidator() implements UnknownTransaction {}

    record Custom(int code) implements UnknownTransaction {}

    Codec<UnknownTransaction> CODEC = Variants.of(UnknownTransaction.class)
            .with(0, "CannotLookup", CannotLookup.class, struct(CannotLookup::new))
            .with(1, "NoUnsignedValidator", NoUnsignedValidator.class, struct(NoUnsignedValidator::new))
            .with(2, "Custom", Custom.class, struct(Custom::new, field("", "u8", Codecs.U8, Custom::code))).complete()
            .named("sp_runtime::transaction_validity::UnknownTransaction");
}
