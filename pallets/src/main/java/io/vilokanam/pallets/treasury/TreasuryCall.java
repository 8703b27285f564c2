package io.vilokanam.pallets.treasury;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The calls of Treasury; amounts are plancks. There is one kind of asset, the chain's own currency. */
public sealed interface TreasuryCall {

    record SpendLocal(U128 amount, MultiAddress beneficiary) implements TreasuryCall {}

    record RemoveApproval(long proposalId) implements TreasuryCall {}

    record Spend(Unit assetKind, U128 amount, AccountId beneficiary, Optional<Long> validFrom)
            implements
            TreasuryCall {}

    record Payout(long index) implements TreasuryCall {}

    record CheckStatus(long index) implements TreasuryCall {}

    record VoidSpend(long index) implements TreasuryCall {}

    String SPEND = "SpendIndex";

    Variants<TreasuryCall> CALLS = Variants.of(TreasuryCall.class)
            .with(3, "spend_local", SpendLocal.class,
                    struct(SpendLocal::new,
                            field("amount", "BalanceOf<T, I>", Codecs.COMPACT_U128, SpendLocal::amount),
                            field("beneficiary", "AccountIdLookupOf<T>", MultiAddress.CODEC, SpendLocal::beneficiary)),
                    "Approve a payment that is made at the end of the period, if there is enough then.")
            .with(4, "remove_approval", RemoveApproval.class,
                    struct(RemoveApproval::new,
                            field("proposal_id", "ProposalIndex", Codecs.COMPACT_U32, RemoveApproval::proposalId)),
                    "Take an approval back whose payment was not made yet.")
            .with(5, "spend", Spend.class,
                    struct(Spend::new, field("asset_kind", "Box<T::AssetKind>", Codecs.UNIT, Spend::assetKind),
                            field("amount", "AssetBalanceOf<T, I>", Codecs.COMPACT_U128, Spend::amount),
                            field("beneficiary", "Box<BeneficiaryLookupOf<T, I>>", AccountId.CODEC,
                                    Spend::beneficiary),
                            field("valid_from", "Option<BlockNumberFor<T, I>>", Codecs.option(Codecs.U32),
                                    Spend::validFrom)),
                    "Approve a payment that has to be claimed in its time.")
            .with(6, "payout", Payout.class, struct(Payout::new, field("index", SPEND, Codecs.U32, Payout::index)),
                    "Claim a payment, for whomever it is.")
            .with(7, "check_status", CheckStatus.class,
                    struct(CheckStatus::new, field("index", SPEND, Codecs.U32, CheckStatus::index)),
                    "Tidy up a payment that was made or is too late; free of charge then.")
            .with(8, "void_spend", VoidSpend.class,
                    struct(VoidSpend::new, field("index", SPEND, Codecs.U32, VoidSpend::index)),
                    "Take a payment back that was not claimed yet.")
            .complete();
}
