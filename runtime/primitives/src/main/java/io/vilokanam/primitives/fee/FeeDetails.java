package io.vilokanam.primitives.fee;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A fee in its parts; {@code inclusionFee} is empty for what pays none. RPC answers leave out the tip, SCALE does not. */
public record FeeDetails(Optional<InclusionFee> inclusionFee, U128 tip) {

    public static final Codec<FeeDetails> CODEC = struct(FeeDetails::new,
            field("inclusion_fee", "Option<InclusionFee<Balance>>", Codecs.option(InclusionFee.CODEC),
                    FeeDetails::inclusionFee),
            field("tip", "Balance", Codecs.U128, FeeDetails::tip))
            .named("pallet_transaction_payment::types::FeeDetails",
                    TypeParameter.of("Balance", Codecs.U128.type()));

    /** All that is paid, saturating. */
    public U128 finalFee() {
        return inclusionFee.map(InclusionFee::total).orElse(U128.ZERO).saturatingPlus(tip);
    }
}
