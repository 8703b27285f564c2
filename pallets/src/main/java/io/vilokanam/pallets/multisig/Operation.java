package io.vilokanam.pallets.multisig;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A call that some signatories have approved, and not enough yet ({@code pallet_multisig::Multisig}); sorted. */
record Operation(Timepoint when, U128 deposit, AccountId depositor, List<AccountId> approvals) {

    static Codec<Operation> codec(int signatoriesMax) {
        return struct(Operation::new, field("when", "Timepoint<BlockNumber>", Timepoint.CODEC, Operation::when),
                field("deposit", "Balance", Codecs.U128, Operation::deposit),
                field("depositor", "AccountId", AccountId.CODEC, Operation::depositor),
                field("approvals", "BoundedVec<AccountId, MaxApprovals>",
                        BoundedVec.codec(AccountId.CODEC, signatoriesMax), Operation::approvals))
                .named("pallet_multisig::Multisig", TypeParameter.of("BlockNumber", Codecs.U32.type()),
                        TypeParameter.of("Balance", Codecs.U128.type()),
                        TypeParameter.of("AccountId", AccountId.CODEC.type()), TypeParameter.skipped("MaxApprovals"));
    }
}
