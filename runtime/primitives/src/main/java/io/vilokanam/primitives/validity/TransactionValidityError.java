package io.vilokanam.primitives.validity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Why a transaction is refused ({@code sp_runtime::transaction_validity::TransactionValidityError}). */
public sealed interface TransactionValidityError {

    record Invalid(InvalidTransaction reason) implements TransactionValidityError {}

    record Unknown(UnknownTransaction reason) implements TransactionValidityError {}

    Codec<TransactionValidityError> CODEC = Variants.of(TransactionValidityError.class)
            .with(0, "Invalid", Invalid.class,
                    struct(Invalid::new, field("", "InvalidTransaction", InvalidTransaction.CODEC, Invalid::reason)))
            .with(1, "Unknown", Unknown.class,
                    struct(Unknown::new, field("", "UnknownTransaction", UnknownTransaction.CODEC, Unknown::reason)))
            .complete().named("sp_runtime::transaction_validity::TransactionValidityError");

    static TransactionValidityError of(InvalidTransaction reason) {
        return new Invalid(reason);
    }
}
