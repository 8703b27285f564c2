package io.vilokanam.pallets.multisig;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The calls of Multisig; hashes are blake2_256 of a call. */
public sealed interface MultisigCall {

    record AsMultiThreshold1(List<AccountId> otherSignatories, RuntimeCall call) implements MultisigCall {}

    record AsMulti(int threshold, List<AccountId> otherSignatories, Optional<Timepoint> maybeTimepoint,
            RuntimeCall call,
            Weight maxWeight) implements MultisigCall {}

    record ApproveAsMulti(int threshold, List<AccountId> otherSignatories, Optional<Timepoint> maybeTimepoint,
            Bytes callHash, Weight maxWeight) implements MultisigCall {}

    record CancelAsMulti(int threshold, List<AccountId> otherSignatories, Timepoint timepoint, Bytes callHash)
            implements
            MultisigCall {}

    record PokeDeposit(int threshold, List<AccountId> otherSignatories, Bytes callHash) implements MultisigCall {}

    /** @param call how calls within calls stand on the wire */
    static Variants<MultisigCall> table(Codec<RuntimeCall> call) {
        Codec<List<AccountId>> others = Codecs.vec(AccountId.CODEC);
        Codec<Bytes> hash = Codecs.fixedBytes(32);
        String callType = "Box<<T as Config>::RuntimeCall>";
        String othersType = "Vec<T::AccountId>";
        String timepoint = "Option<Timepoint<BlockNumberFor<T>>>";
        return Variants.of(MultisigCall.class)
                .with(0, "as_multi_threshold_1", AsMultiThreshold1.class,
                        struct(AsMultiThreshold1::new,
                                field("other_signatories", othersType, others, AsMultiThreshold1::otherSignatories),
                                field("call", callType, call, AsMultiThreshold1::call)),
                        "Make a call for an account that one signature of several is enough for.")
                .with(1, "as_multi", AsMulti.class,
                        struct(AsMulti::new, field("threshold", "u16", Codecs.U16, AsMulti::threshold),
                                field("other_signatories", othersType, others, AsMulti::otherSignatories),
                                field("maybe_timepoint", timepoint, Codecs.option(Timepoint.CODEC),
                                        AsMulti::maybeTimepoint),
                                field("call", callType, call, AsMulti::call),
                                field("max_weight", "Weight", Weight.CODEC, AsMulti::maxWeight)),
                        "Approve a call for a multisig account, and make it if this approval is the last needed.")
                .with(2, "approve_as_multi", ApproveAsMulti.class,
                        struct(ApproveAsMulti::new, field("threshold", "u16", Codecs.U16, ApproveAsMulti::threshold),
                                field("other_signatories", othersType, others, ApproveAsMulti::otherSignatories),
                                field("maybe_timepoint", timepoint, Codecs.option(Timepoint.CODEC),
                                        ApproveAsMulti::maybeTimepoint),
                                field("call_hash", "[u8; 32]", hash, ApproveAsMulti::callHash),
                                field("max_weight", "Weight", Weight.CODEC, ApproveAsMulti::maxWeight)),
                        "Approve a call, known by its hash, for a multisig account.")
                .with(3, "cancel_as_multi", CancelAsMulti.class,
                        struct(CancelAsMulti::new, field("threshold", "u16", Codecs.U16, CancelAsMulti::threshold),
                                field("other_signatories", othersType, others, CancelAsMulti::otherSignatories),
                                field("timepoint", "Timepoint<BlockNumberFor<T>>", Timepoint.CODEC,
                                        CancelAsMulti::timepoint),
                                field("call_hash", "[u8; 32]", hash, CancelAsMulti::callHash)),
                        "Cancel what the signer began, and get its deposit back.")
                .with(4, "poke_deposit", PokeDeposit.class,
                        struct(PokeDeposit::new, field("threshold", "u16", Codecs.U16, PokeDeposit::threshold),
                                field("other_signatories", othersType, others, PokeDeposit::otherSignatories),
                                field("call_hash", "[u8; 32]", hash, PokeDeposit::callHash)),
                        "Bring the deposit of what the signer began to what it would be today.")
                .complete();
    }
}
