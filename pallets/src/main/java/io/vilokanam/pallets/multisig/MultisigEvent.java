package io.vilokanam.pallets.multisig;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of Multisig. */
public sealed interface MultisigEvent {

    record NewMultisig(AccountId approving, AccountId multisig, Bytes callHash) implements MultisigEvent {}

    record MultisigApproval(AccountId approving, Timepoint timepoint, AccountId multisig, Bytes callHash)
            implements
            MultisigEvent {}

    record MultisigExecuted(AccountId approving, Timepoint timepoint, AccountId multisig, Bytes callHash,
            Result<Unit, DispatchError> result) implements MultisigEvent {}

    record MultisigCancelled(AccountId cancelling, Timepoint timepoint, AccountId multisig, Bytes callHash)
            implements
            MultisigEvent {}

    record DepositPoked(AccountId who, Bytes callHash, U128 oldDeposit, U128 newDeposit) implements MultisigEvent {}

    Variants<MultisigEvent> TABLE = table();

    private static Variants<MultisigEvent> table() {
        Codec<Bytes> hash = Codecs.fixedBytes(32);
        String account = "T::AccountId";
        String timepoint = "Timepoint<BlockNumberFor<T>>";
        return Variants.of(MultisigEvent.class)
                .with(0, "NewMultisig", NewMultisig.class,
                        struct(NewMultisig::new, field("approving", account, AccountId.CODEC, NewMultisig::approving),
                                field("multisig", account, AccountId.CODEC, NewMultisig::multisig),
                                field("call_hash", "CallHash", hash, NewMultisig::callHash)),
                        "Somebody began an operation.")
                .with(1, "MultisigApproval", MultisigApproval.class,
                        struct(MultisigApproval::new,
                                field("approving", account, AccountId.CODEC, MultisigApproval::approving),
                                field("timepoint", timepoint, Timepoint.CODEC, MultisigApproval::timepoint),
                                field("multisig", account, AccountId.CODEC, MultisigApproval::multisig),
                                field("call_hash", "CallHash", hash, MultisigApproval::callHash)),
                        "Somebody approved an operation.")
                .with(2, "MultisigExecuted", MultisigExecuted.class,
                        struct(MultisigExecuted::new,
                                field("approving", account, AccountId.CODEC, MultisigExecuted::approving),
                                field("timepoint", timepoint, Timepoint.CODEC, MultisigExecuted::timepoint),
                                field("multisig", account, AccountId.CODEC, MultisigExecuted::multisig),
                                field("call_hash", "CallHash", hash, MultisigExecuted::callHash),
                                field("result", "DispatchResult", ApplyResult.OUTCOME, MultisigExecuted::result)),
                        "Enough have approved, and the call was made.")
                .with(3, "MultisigCancelled", MultisigCancelled.class,
                        struct(MultisigCancelled::new,
                                field("cancelling", account, AccountId.CODEC, MultisigCancelled::cancelling),
                                field("timepoint", timepoint, Timepoint.CODEC, MultisigCancelled::timepoint),
                                field("multisig", account, AccountId.CODEC, MultisigCancelled::multisig),
                                field("call_hash", "CallHash", hash, MultisigCancelled::callHash)),
                        "An operation was cancelled.")
                .with(4, "DepositPoked", DepositPoked.class,
                        struct(DepositPoked::new, field("who", account, AccountId.CODEC, DepositPoked::who),
                                field("call_hash", "CallHash", hash, DepositPoked::callHash),
                                field("old_deposit", "BalanceOf<T>", Codecs.U128, DepositPoked::oldDeposit),
                                field("new_deposit", "BalanceOf<T>", Codecs.U128, DepositPoked::newDeposit)),
                        "The deposit of an operation changed.")
                .complete();
    }
}
