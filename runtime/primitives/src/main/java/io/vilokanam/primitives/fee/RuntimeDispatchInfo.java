package io.vilokanam.primitives.fee;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What {@code TransactionPaymentApi_query_info} tells of an extrinsic; the fee is without tip. */
public record RuntimeDispatchInfo(Weight weight, DispatchClass dispatchClass, U128 partialFee) {

    public static final Codec<RuntimeDispatchInfo> CODEC = struct(RuntimeDispatchInfo::new,
            field("weight", "Weight", Weight.CODEC, RuntimeDispatchInfo::weight),
            field("class", "DispatchClass", DispatchClass.CODEC, RuntimeDispatchInfo::dispatchClass),
            field("partial_fee", "Balance", Codecs.U128, RuntimeDispatchInfo::partialFee))
            .named("pallet_transaction_payment::types::RuntimeDispatchInfo",
                    TypeParameter.of("Balance", Codecs.U128.type()), TypeParameter.of("Weight", Weight.CODEC.type()));
}
