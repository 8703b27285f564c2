package io.vilokanam.pallets.transactionpayment;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtension;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * The signer pays for the transaction and may tip the author: before the call all that it may cost, afterwards the surplus
 * comes back ({@code pallet_transaction_payment::ChargeTransactionPayment}). What stands in the extrinsic is the tip.
 */
public final class ChargeTransactionPayment
        implements TransactionExtension<U128, Unit, ChargeTransactionPayment.Charge, ChargeTransactionPayment.Charged> {

    private static final Codec<U128> CODEC = struct((U128 tip) -> tip,
            field("", "BalanceOf<T>", Codecs.COMPACT_U128, tip -> tip))
            .named("pallet_transaction_payment::ChargeTransactionPayment", TypeParameter.skipped("T"));

    /** FRAME's own figure, before the costs of a read and a write. */
    private static final Weight CHARGE = new Weight(35_979_000, 3_593);

    /** What is to be charged. */
    sealed interface Charge {

        record Fee(AccountId who, U128 fee) implements Charge {}

        /** Nobody signed: nobody pays. */
        record Nothing() implements Charge {}
    }

    /** What was charged. */
    sealed interface Charged {

        record Fee(AccountId who, U128 withdrawn, U128 tip) implements Charged {}

        record Nothing() implements Charged {}
    }

    private final TransactionPayment payment;
    private final FrameSystem<?> system;
    private final OnChargeTransaction onCharge;

    public ChargeTransactionPayment(TransactionPayment payment, FrameSystem<?> system, OnChargeTransaction onCharge) {
        this.payment = payment;
        this.system = system;
        this.onCharge = onCharge;
    }

    @Override
    public String identifier() {
        return "ChargeTransactionPayment";
    }

    @Override
    public Codec<U128> codec() {
        return CODEC;
    }

    @Override
    public Codec<Unit> implicitCodec() {
        return Codecs.UNIT;
    }

    @Override
    public Unit implicit(Externalities ext, U128 tip) {
        return Unit.UNIT;
    }

    @Override
    public Weight weight(U128 tip, RuntimeCall call) {
        return weight();
    }

    private Weight weight() {
        return CHARGE.plus(system.dbWeight().readsWrites(1, 1));
    }

    @Override
    public Validated<Charge> validate(Externalities ext, U128 tip, Origin origin, Transaction transaction)
            throws ValidityException {
        if (!(origin instanceof Origin.Signed(AccountId who))) {
            return new Validated<>(ValidTransaction.DEFAULT, new Charge.Nothing(), origin);
        }
        U128 fee = payment.fee(ext, transaction.length(), transaction.info(), tip);
        onCharge.canWithdrawFee(ext, who, fee);
        ValidTransaction validity = ValidTransaction.DEFAULT
                .withPriority(priority(transaction.info(), transaction.length(), tip, fee));
        return new Validated<>(validity, new Charge.Fee(who, fee), origin);
    }

    @Override
    public Charged prepare(Externalities ext, U128 tip, Charge charge, Origin origin, Transaction transaction)
            throws ValidityException {
        return switch (charge) {
            case Charge.Fee(AccountId who, U128 fee) -> new Charged.Fee(who, onCharge.withdrawFee(ext, who, fee), tip);
            case Charge.Nothing() -> new Charged.Nothing();
        };
    }

    @Override
    public Weight postDispatch(Externalities ext, Charged charged, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) throws ValidityException {
        return switch (charged) {
            case Charged.Fee(AccountId who, U128 withdrawn, U128 tip) -> {
                U128 fee = payment.actualFee(ext, transaction.length(), transaction.info(), post, tip);
                onCharge.correctAndDepositFee(ext, who, withdrawn, fee, tip);
                payment.depositFeePaid(ext, who, fee, tip);
                yield Weight.ZERO;
            }
            case Charged.Nothing() -> weight();
        };
    }

    /**
     * How much an author could earn in tips if a block held nothing but such transactions. Operational calls count as if
     * they tipped a multiple of their fee.
     *
     * @param fee what the transaction costs, tip included
     * @return an unsigned 64-bit number
     */
    long priority(DispatchInfo info, long length, U128 tip, U128 fee) {
        U128 perBlock = U128.of(transactionsPerBlock(info, length));
        U128 scaledTip = tip.saturatingPlus(U128.ONE).saturatingTimes(perBlock);
        if (info.dispatchClass() != DispatchClass.OPERATIONAL) {
            return scaledTip.saturatedToU64();
        }
        U128 virtualTip = fee.saturatingTimes(U128.of(payment.operationalFeeMultiplier()));
        return scaledTip.saturatingPlus(virtualTip.saturatingTimes(perBlock)).saturatedToU64();
    }

    /** How many transactions of this weight and length fit into a block. */
    private long transactionsPerBlock(DispatchInfo info, long length) {
        Weight block = system.maxBlockWeight();
        long blockLength = system.blockLength().max().get(info.dispatchClass());
        Weight weight = info.totalWeight().max(new Weight(1, 1)).min(block);
        long byWeight = unsignedMin(Long.divideUnsigned(block.refTime(), weight.refTime()),
                Long.divideUnsigned(block.proofSize(), weight.proofSize()));
        long byLength = blockLength / Math.clamp(length, 1, blockLength);
        return unsignedMin(byLength, byWeight);
    }

    private static long unsignedMin(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }
}
