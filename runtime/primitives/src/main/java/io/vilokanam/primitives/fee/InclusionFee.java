package io.vilokanam.primitives.fee;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What a transaction pays to be included: a base, so much a byte, and for its weight, the latter times the multiplier. */
public record InclusionFee(U128 baseFee, U128 lenFee, U128 adjustedWeightFee) {

    public static final Codec<InclusionFee> CODEC = struct(InclusionFee::new,
            field("base_fee", "Balance", Codecs.U128, InclusionFee::baseFee),
            field("len_fee", "Balance", Codecs.U128, InclusionFee::lenFee),
            field("adjusted_weight_fee", "Balance", Codecs.U128, InclusionFee::adjustedWeightFee))
            .named("pallet_transaction_payment::types::InclusionFee", TypeParameter.of("Balance", Codecs.U128.type()));

    /** The sum, saturating. */
    public U128 total() {
        return baseFee.saturatingPlus(lenFee).saturatingPlus(adjustedWeightFee);
    }
}
