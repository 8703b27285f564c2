package io.vilokanam.pallets.transactionpayment;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletWithoutCalls;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.InclusionFee;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/**
 * What transactions pay ({@code pallet_transaction_payment}): so much a byte, so much for their weight, and a tip. A unit
 * of weight and a byte cost one planck each; the multiplier of the weight's fee stays what genesis made it.
 */
public final class TransactionPayment implements PalletWithoutCalls<TransactionPayment.NoCall> {

    /**
     * What a runtime decides.
     *
     * @param operationalFeeMultiplier how many times its fee an operational call counts for in the pool; u8
     * @param multiplier what the weight's fee is multiplied with, in 10^-18
     */
    public record Config(int operationalFeeMultiplier, U128 multiplier) {}

    /** The multiplier of one. */
    public static final U128 ONE = U128.of(1_000_000_000_000_000_000L);

    /** The pallet has no calls. */
    public enum NoCall {
    }

    /** What the pallet tells of a block. */
    public sealed interface Event {

        /** @param actualFee with the tip, less what was refunded */
        record TransactionFeePaid(AccountId who, U128 actualFee, U128 tip) implements Event {}
    }

    /** How the pallet's storage is laid out. */
    enum Release {
        V1_ANCIENT, V2;

        static final Codec<Release> CODEC = Variants.ofEnum("pallet_transaction_payment::Releases", values(),
                "V1Ancient",
                "V2");
    }

    private static final Codec<U128> FIXED_U128 = struct((U128 inner) -> inner,
            field("", "u128", Codecs.U128, inner -> inner)).named("sp_arithmetic::fixed_point::FixedU128");

    public static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "TransactionFeePaid", Event.TransactionFeePaid.class,
                    struct(Event.TransactionFeePaid::new,
                            field("who", "T::AccountId", AccountId.CODEC, Event.TransactionFeePaid::who),
                            field("actual_fee", "BalanceOf<T>", Codecs.U128, Event.TransactionFeePaid::actualFee),
                            field("tip", "BalanceOf<T>", Codecs.U128, Event.TransactionFeePaid::tip)),
                    "A fee was paid.")
            .complete();

    private final Config config;
    private final FrameSystem<?> system;
    private final StorageValue<U128> nextFeeMultiplier;
    private final StorageValue<Release> storageVersion;
    private final EventSink<Event> events;

    public TransactionPayment(PalletScope scope, Config config, FrameSystem<?> system) {
        this.config = config;
        this.system = system;
        this.nextFeeMultiplier = scope.value("NextFeeMultiplier", FIXED_U128, ONE,
                "What the weight's fee is multiplied with.");
        this.storageVersion = scope.value("StorageVersion", Release.CODEC, Release.V1_ANCIENT,
                "How the pallet's storage is laid out.");
        this.events = scope.events(EVENTS, "pallet_transaction_payment::pallet::Event", "T");
        scope.constant("OperationalFeeMultiplier", Codecs.U8, config.operationalFeeMultiplier,
                "How many times its fee an operational call counts for in the pool.");
    }

    /** Writes what genesis holds of this pallet. */
    public void build(Externalities ext) {
        storageVersion.put(ext, Release.V2);
        nextFeeMultiplier.put(ext, config.multiplier);
    }

    @Override
    public void onFinalize(Externalities ext, long number) {
        nextFeeMultiplier.put(ext, config.multiplier);
    }

    int operationalFeeMultiplier() {
        return config.operationalFeeMultiplier;
    }

    void depositFeePaid(Externalities ext, AccountId who, U128 actualFee, U128 tip) {
        events.deposit(ext, new Event.TransactionFeePaid(who, actualFee, tip));
    }

    // Fees

    /** What {@code length} bytes cost. */
    public U128 lengthToFee(long length) {
        return U128.of(length);
    }

    /** What weight costs before it is multiplied; never more than a whole block. */
    public U128 weightToFee(Weight weight) {
        return U128.of(weight.min(system.maxBlockWeight()).refTime());
    }

    /** What a transaction costs before it runs, tip included. */
    public U128 fee(Externalities ext, long length, DispatchInfo info, U128 tip) {
        return feeDetails(ext, length, info, tip).finalFee();
    }

    /** What a transaction costs before it runs, in its parts. */
    public FeeDetails feeDetails(Externalities ext, long length, DispatchInfo info, U128 tip) {
        return feeDetails(ext, length, info.totalWeight(), tip, info.paysFee(), info.dispatchClass());
    }

    /** What a transaction costs once it is known what it used, tip included. */
    public U128 actualFee(Externalities ext, long length, DispatchInfo info, PostDispatchInfo post, U128 tip) {
        return feeDetails(ext, length, post.weightOf(info), tip, post.paysFee(info), info.dispatchClass()).finalFee();
    }

    private FeeDetails feeDetails(Externalities ext, long length, Weight weight, U128 tip, Pays pays,
            DispatchClass dispatchClass) {
        if (pays == Pays.NO) {
            return new FeeDetails(Optional.empty(), tip);
        }
        U128 weightFee = weightToFee(weight).scaledBy(nextFeeMultiplier.get(ext), ONE);
        U128 baseFee = weightToFee(system.blockWeights().get(dispatchClass).baseExtrinsic());
        return new FeeDetails(Optional.of(new InclusionFee(baseFee, lengthToFee(length), weightFee)), tip);
    }

    // The runtime API

    /**
     * Weight, class and fee of an extrinsic or a call: {@code query_info}, {@code query_call_info}.
     *
     * @param info of the call and, for an extrinsic, its extensions
     * @param bare whether it is an extrinsic without extensions: those pay nothing
     * @param length of the extrinsic in bytes
     */
    public RuntimeDispatchInfo queryInfo(Externalities ext, DispatchInfo info, boolean bare, long length) {
        U128 fee = bare ? U128.ZERO : fee(ext, length, info, U128.ZERO);
        return new RuntimeDispatchInfo(info.totalWeight(), info.dispatchClass(), fee);
    }

    /** The fee in its parts, for the same: {@code query_fee_details}, {@code query_call_fee_details}. */
    public FeeDetails queryFeeDetails(Externalities ext, DispatchInfo info, boolean bare, long length) {
        return bare ? new FeeDetails(Optional.empty(), U128.ZERO) : feeDetails(ext, length, info, U128.ZERO);
    }
}
