package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchEventInfo;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** What System tells of a block. */
public sealed interface SystemEvent {

    record ExtrinsicSuccess(DispatchEventInfo info) implements SystemEvent {}

    record ExtrinsicFailed(DispatchError error, DispatchEventInfo info) implements SystemEvent {}

    record CodeUpdated() implements SystemEvent {}

    record NewAccount(AccountId account) implements SystemEvent {}

    record KilledAccount(AccountId account) implements SystemEvent {}

    record Remarked(AccountId sender, Hash hash) implements SystemEvent {}

    record UpgradeAuthorized(Hash codeHash, boolean checkVersion) implements SystemEvent {}

    record RejectedInvalidAuthorizedUpgrade(Hash codeHash, DispatchError error) implements SystemEvent {}

    Variants<SystemEvent> TABLE = Variants.of(SystemEvent.class)
            .with(0, "ExtrinsicSuccess", ExtrinsicSuccess.class,
                    struct(ExtrinsicSuccess::new,
                            field("dispatch_info", "DispatchEventInfo", DispatchEventInfo.CODEC,
                                    ExtrinsicSuccess::info)),
                    "An extrinsic was applied.")
            .with(1, "ExtrinsicFailed", ExtrinsicFailed.class,
                    struct(ExtrinsicFailed::new,
                            field("dispatch_error", "DispatchError", DispatchError.CODEC, ExtrinsicFailed::error),
                            field("dispatch_info", "DispatchEventInfo", DispatchEventInfo.CODEC,
                                    ExtrinsicFailed::info)),
                    "An extrinsic was applied, its call failed.")
            .with(2, "CodeUpdated", CodeUpdated.class, struct(CodeUpdated::new), "The runtime's code was replaced.")
            .with(3, "NewAccount", NewAccount.class,
                    struct(NewAccount::new, field("account", "T::AccountId", AccountId.CODEC, NewAccount::account)),
                    "An account came into being.")
            .with(4, "KilledAccount", KilledAccount.class,
                    struct(KilledAccount::new,
                            field("account", "T::AccountId", AccountId.CODEC, KilledAccount::account)),
                    "An account was removed.")
            .with(5, "Remarked", Remarked.class,
                    struct(Remarked::new, field("sender", "T::AccountId", AccountId.CODEC, Remarked::sender),
                            field("hash", "T::Hash", Hash.CODEC, Remarked::hash)),
                    "A remark was made.")
            .with(6, "UpgradeAuthorized", UpgradeAuthorized.class,
                    struct(UpgradeAuthorized::new,
                            field("code_hash", "T::Hash", Hash.CODEC, UpgradeAuthorized::codeHash),
                            field("check_version", "bool", Codecs.BOOL, UpgradeAuthorized::checkVersion)),
                    "An upgrade was authorised.")
            .with(7, "RejectedInvalidAuthorizedUpgrade", RejectedInvalidAuthorizedUpgrade.class,
                    struct(RejectedInvalidAuthorizedUpgrade::new,
                            field("code_hash", "T::Hash", Hash.CODEC, RejectedInvalidAuthorizedUpgrade::codeHash),
                            field("error", "DispatchError", DispatchError.CODEC,
                                    RejectedInvalidAuthorizedUpgrade::error)),
                    "The authorised code cannot be the chain's next one.")
            .complete();
}
