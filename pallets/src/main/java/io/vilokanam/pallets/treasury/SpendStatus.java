package io.vilokanam.pallets.treasury;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * A payment to be claimed, in plancks.
 *
 * @param validFrom the block from which it can be
 * @param expireAt the block from which it cannot any more
 */
public record SpendStatus(Unit assetKind, U128 amount, AccountId beneficiary, long validFrom, long expireAt,
        PaymentState status) {

    /** How far the payment is. */
    public sealed interface PaymentState {

        record Pending() implements PaymentState {}

        record Attempted(Unit id) implements PaymentState {}

        record Failed() implements PaymentState {}

        PaymentState PENDING = new Pending();
        PaymentState ATTEMPTED = new Attempted(Unit.UNIT);

        Codec<PaymentState> CODEC = Variants.of(PaymentState.class)
                .with(0, "Pending", Pending.class, struct(Pending::new))
                .with(1, "Attempted", Attempted.class,
                        struct(Attempted::new, field("id", "Id", Codecs.UNIT, Attempted::id)))
                .with(2, "Failed", Failed.class, struct(Failed::new)).complete()
                .named("pallet_treasury::PaymentState", TypeParameter.of("Id", Codecs.UNIT.type()));
    }

    public static final Codec<SpendStatus> CODEC = struct(SpendStatus::new,
            field("asset_kind", "AssetKind", Codecs.UNIT, SpendStatus::assetKind),
            field("amount", "AssetBalance", Codecs.U128, SpendStatus::amount),
            field("beneficiary", "Beneficiary", AccountId.CODEC, SpendStatus::beneficiary),
            field("valid_from", "BlockNumber", Codecs.U32, SpendStatus::validFrom),
            field("expire_at", "BlockNumber", Codecs.U32, SpendStatus::expireAt),
            field("status", "PaymentState<PaymentId>", PaymentState.CODEC, SpendStatus::status))
            .named("pallet_treasury::SpendStatus", TypeParameter.of("AssetKind", Codecs.UNIT.type()),
                    TypeParameter.of("AssetBalance", Codecs.U128.type()),
                    TypeParameter.of("Beneficiary", AccountId.CODEC.type()),
                    TypeParameter.of("BlockNumber", Codecs.U32.type()),
                    TypeParameter.of("PaymentId", Codecs.UNIT.type()));

    SpendStatus attempted(long expiry) {
        return new SpendStatus(assetKind, amount, beneficiary, validFrom, expiry, PaymentState.ATTEMPTED);
    }

    boolean isAttempted() {
        return status instanceof PaymentState.Attempted;
    }
}
