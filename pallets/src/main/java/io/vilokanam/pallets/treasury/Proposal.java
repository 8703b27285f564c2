package io.vilokanam.pallets.treasury;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A payment at the end of a period, in plancks; {@code bond} is reserved at the proposer until then. */
public record Proposal(AccountId proposer, U128 value, AccountId beneficiary, U128 bond) {

    public static final Codec<Proposal> CODEC = struct(Proposal::new,
            field("proposer", "AccountId", AccountId.CODEC, Proposal::proposer),
            field("value", "Balance", Codecs.U128, Proposal::value),
            field("beneficiary", "AccountId", AccountId.CODEC, Proposal::beneficiary),
            field("bond", "Balance", Codecs.U128, Proposal::bond))
            .named("pallet_treasury::Proposal", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("Balance", Codecs.U128.type()));
}
