package io.vilokanam.primitives.validity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** Why a transaction is not valid and, as it stands, may never be ({@code InvalidTransaction}). */
public sealed interface InvalidTransaction {

    /** The call is not expected here. */
    record Call() implements InvalidTransaction {}

    /** The fee cannot be paid. */
    record Payment() implements InvalidTransaction {}

    /** The nonce lies ahead: only an error when the transaction is applied. */
    record Future() implements InvalidTransaction {}

    /** The nonce was used already. */
    record Stale() implements InvalidTransaction {}

    /** A signature, or something that is signed over, does not match. */
    record BadProof() implements InvalidTransaction {}

    /** The birth block is not known any more. */
    record AncientBirthBlock() implements InvalidTransaction {}

    /** The block has no room left; may be valid in the next one. */
    record ExhaustsResources() implements InvalidTransaction {}

    record Custom(int code) implements InvalidTransaction {}

    /** A mandatory call failed: the whole block is invalid. */
    record BadMandatory() implements InvalidTransaction {}

    /** A mandatory call cannot be a transaction. */
    record MandatoryDispatch() implements InvalidTransaction {}

    /** The signer may not send transactions. */
    record BadSigner() implements InvalidTransaction {}

    /** What is signed over could not be found out. */
    record IndeterminateImplicit() implements InvalidTransaction {}

    /** No extension authorised an origin. */
    record UnknownOrigin() implements InvalidTransaction {}

    Codec<InvalidTransaction> CODEC = Variants.of(InvalidTransaction.class)
            .with(0, "Call", Call.class, struct(Call::new))
            .with(1, "Payment", Payment.class, struct(Payment::new))
            .with(2, "Future", Future.class, struct(Future::new))
            .with(3, "Stale", Stale.class, struct(Stale::new))
            .with(4, "BadProof", BadProof.class, struct(BadProof::new))
            .with(5, "AncientBirthBlock", AncientBirthBlock.class, struct(AncientBirthBlock::new))
            .with(6, "ExhaustsResources", ExhaustsResources.class, struct(ExhaustsResources::new))
            .with(7, "Custom", Custom.class, struct(Custom::new, field("", "u8", Codecs.U8, Custom::code)))
            .with(8, "BadMandatory", BadMandatory.class, struct(BadMandatory::new))
            .with(9, "MandatoryValidation", MandatoryDispatch.class, struct(MandatoryDispatch::new))
            .with(10, "BadSigner", BadSigner.class, struct(BadSigner::new))
            .with(11, "IndeterminateImplicit", IndeterminateImplicit.class, struct(IndeterminateImplicit::new))
            .with(12, "UnknownOrigin", UnknownOrigin.class, struct(UnknownOrigin::new)).complete()
            .named("sp_runtime::transaction_validity::InvalidTransaction");
}
