package io.vilokanam.pallets.treasury;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of Treasury; amounts are plancks. */
public sealed interface TreasuryEvent {

    record Spending(U128 budgetRemaining) implements TreasuryEvent {}

    record Awarded(long proposalIndex, U128 award, AccountId account) implements TreasuryEvent {}

    record Burnt(U128 burntFunds) implements TreasuryEvent {}

    record Rollover(U128 rolloverBalance) implements TreasuryEvent {}

    record Deposit(U128 value) implements TreasuryEvent {}

    record SpendApproved(long proposalIndex, U128 amount, AccountId beneficiary) implements TreasuryEvent {}

    record UpdatedInactive(U128 reactivated, U128 deactivated) implements TreasuryEvent {}

    record AssetSpendApproved(long index, Unit assetKind, U128 amount, AccountId beneficiary, long validFrom,
            long expireAt) implements TreasuryEvent {}

    record AssetSpendVoided(long index) implements TreasuryEvent {}

    record Paid(long index, Unit paymentId) implements TreasuryEvent {}

    record PaymentFailed(long index, Unit paymentId) implements TreasuryEvent {}

    record SpendProcessed(long index) implements TreasuryEvent {}

    String BALANCE = "BalanceOf<T, I>";
    String SPEND = "SpendIndex";
    String PROPOSAL = "ProposalIndex";
    String ACCOUNT = "T::AccountId";
    String BLOCK = "BlockNumberFor<T, I>";
    String PAYMENT = "<T::Paymaster as Pay>::Id";

    Variants<TreasuryEvent> EVENTS = Variants.of(TreasuryEvent.class)
            .with(0, "Spending", Spending.class,
                    struct(Spending::new,
                            field("budget_remaining", BALANCE, Codecs.U128, Spending::budgetRemaining)),
                    "A period is over and approved payments are made from what is there.")
            .with(1, "Awarded", Awarded.class,
                    struct(Awarded::new, field("proposal_index", PROPOSAL, Codecs.U32, Awarded::proposalIndex),
                            field("award", BALANCE, Codecs.U128, Awarded::award),
                            field("account", ACCOUNT, AccountId.CODEC, Awarded::account)),
                    "An approved payment was made.")
            .with(2, "Burnt", Burnt.class,
                    struct(Burnt::new, field("burnt_funds", BALANCE, Codecs.U128, Burnt::burntFunds)),
                    "A share of what was not spent was destroyed.")
            .with(3, "Rollover", Rollover.class,
                    struct(Rollover::new, field("rollover_balance", BALANCE, Codecs.U128, Rollover::rolloverBalance)),
                    "So much is left for the next period.")
            .with(4, "Deposit", Deposit.class,
                    struct(Deposit::new, field("value", BALANCE, Codecs.U128, Deposit::value)),
                    "Tokens came into the treasury.")
            .with(5, "SpendApproved", SpendApproved.class,
                    struct(SpendApproved::new,
                            field("proposal_index", PROPOSAL, Codecs.U32, SpendApproved::proposalIndex),
                            field("amount", BALANCE, Codecs.U128, SpendApproved::amount),
                            field("beneficiary", ACCOUNT, AccountId.CODEC, SpendApproved::beneficiary)),
                    "A payment at the end of the period was approved.")
            .with(6, "UpdatedInactive", UpdatedInactive.class,
                    struct(UpdatedInactive::new,
                            field("reactivated", BALANCE, Codecs.U128, UpdatedInactive::reactivated),
                            field("deactivated", BALANCE, Codecs.U128, UpdatedInactive::deactivated)),
                    "What the treasury holds counts as inactive, which was updated.")
            .with(7, "AssetSpendApproved", AssetSpendApproved.class,
                    struct(AssetSpendApproved::new, field("index", SPEND, Codecs.U32, AssetSpendApproved::index),
                            field("asset_kind", "T::AssetKind", Codecs.UNIT, AssetSpendApproved::assetKind),
                            field("amount", "AssetBalanceOf<T, I>", Codecs.U128, AssetSpendApproved::amount),
                            field("beneficiary", "T::Beneficiary", AccountId.CODEC, AssetSpendApproved::beneficiary),
                            field("valid_from", BLOCK, Codecs.U32, AssetSpendApproved::validFrom),
                            field("expire_at", BLOCK, Codecs.U32, AssetSpendApproved::expireAt)),
                    "A payment to be claimed was approved.")
            .with(8, "AssetSpendVoided", AssetSpendVoided.class,
                    struct(AssetSpendVoided::new, field("index", SPEND, Codecs.U32, AssetSpendVoided::index)),
                    "A payment was taken back.")
            .with(9, "Paid", Paid.class,
                    struct(Paid::new, field("index", SPEND, Codecs.U32, Paid::index),
                            field("payment_id", PAYMENT, Codecs.UNIT, Paid::paymentId)),
                    "A payment was made.")
            .with(10, "PaymentFailed", PaymentFailed.class,
                    struct(PaymentFailed::new, field("index", SPEND, Codecs.U32, PaymentFailed::index),
                            field("payment_id", PAYMENT, Codecs.UNIT, PaymentFailed::paymentId)),
                    "A payment failed and can be claimed again.")
            .with(11, "SpendProcessed", SpendProcessed.class,
                    struct(SpendProcessed::new, field("index", SPEND, Codecs.U32, SpendProcessed::index)),
                    "A payment that was made or came too late is done with.")
            .complete();
}
