package io.vilokanam.pallets;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.frame.fungible.AccountStore.Changed;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.pallets.system.BlockLength;
import io.vilokanam.pallets.system.BlockWeights;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.system.extension.CheckGenesis;
import io.vilokanam.pallets.system.extension.CheckMetadataHash;
import io.vilokanam.pallets.system.extension.CheckMortality;
import io.vilokanam.pallets.system.extension.CheckNonZeroSender;
import io.vilokanam.pallets.system.extension.CheckNonce;
import io.vilokanam.pallets.system.extension.CheckSpecVersion;
import io.vilokanam.pallets.system.extension.CheckTxVersion;
import io.vilokanam.pallets.system.extension.CheckWeight;
import io.vilokanam.pallets.system.extension.WeightReclaim;
import io.vilokanam.pallets.transactionpayment.ChargeTransactionPayment;
import io.vilokanam.pallets.transactionpayment.OnChargeTransaction;
import io.vilokanam.pallets.transactionpayment.TransactionPayment;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** System and TransactionPayment alone, with the parameters of the recorded chain; an account's data is its purse. */
public final class SmallRuntime {

    public static final AccountId ALICE = AccountId
            .fromHex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    public static final AccountId BOB = AccountId
            .fromHex("0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
    public static final RuntimeVersion VERSION = new RuntimeVersion("vilokanam", "vilokanam", 1, 100, 1, List.of(), 1,
            1);

    public final InMemoryExternalities ext;
    public final RuntimeScope scope;
    public final FrameSystem<U128> system;
    public final TransactionPayment payment;
    public final TransactionExtensions extensions;

    public SmallRuntime() {
        this(new InMemoryExternalities());
    }

    /** @param ext the host; nothing is written to it yet */
    public SmallRuntime(InMemoryExternalities ext) {
        this.ext = ext;
        this.scope = new RuntimeScope(ext, "small_runtime");
        var config = new FrameSystem.Config<>(VERSION, BlockWeights.of(new Weight(1_000_000_000_000L, -1), 75),
                BlockLength.of(5 * 1024 * 1024, 75), 2400, DbWeight.ROCKS_DB, 42, 16, Codecs.U128, U128.ZERO);
        this.system = scope.add(0, "System", place -> new FrameSystem<>(scope, place, config));
        this.payment = scope.add(5, "TransactionPayment", place -> new TransactionPayment(place,
                new TransactionPayment.Config(5, TransactionPayment.ONE), system));
        this.extensions = new TransactionExtensions().with(new CheckNonZeroSender()).with(new CheckSpecVersion(system))
                .with(new CheckTxVersion(system)).with(new CheckGenesis(system)).with(new CheckMortality(system))
                .with(new CheckNonce(system)).with(new CheckWeight(system))
                .with(new ChargeTransactionPayment(payment, system, new Purses()))
                .with(new CheckMetadataHash(Optional::empty)).with(new WeightReclaim(system));
    }

    /** Builds genesis and starts block 1. */
    public SmallRuntime atBlockOne() {
        system.build(ext);
        payment.build(ext);
        return atBlock(1);
    }

    /** Starts a block on top of one whose hash is its number in every byte. */
    public SmallRuntime atBlock(long number) {
        ext.commitBlock();
        system.resetEvents(ext);
        system.initialise(ext, number, hash((int) number - 1), Digest.EMPTY);
        system.noteFinishedInitialise(ext);
        return this;
    }

    public static Hash hash(int fill) {
        byte[] bytes = new byte[Hash.SIZE];
        Arrays.fill(bytes, (byte) fill);
        return Hash.wrap(bytes);
    }

    public SmallRuntime endow(AccountId who, long amount) throws DispatchException {
        system.accounts().incProviders(ext, who);
        putPurse(who, U128.of(amount));
        return this;
    }

    public U128 purse(AccountId who) {
        return system.accounts().get(ext, who);
    }

    void putPurse(AccountId who, U128 amount) throws DispatchException {
        system.accounts().tryMutateExists(ext, who, _ -> new Changed<>(Optional.of(amount), amount));
    }

    /** A transaction with this call of System and the costs of all extensions. */
    public Transaction transaction(SystemCall call, TransactionExtensions.Values values, int length) {
        var outer = scope.call(system, call);
        DispatchInfo info = scope.dispatchInfo(outer);
        return new Transaction(outer, new DispatchInfo(info.callWeight(), extensions.weight(values, outer),
                info.dispatchClass(), info.paysFee()), length, TransactionSource.EXTERNAL);
    }

    /** A transaction that claims to weigh that much. */
    public Transaction weighing(Weight weight, DispatchClass dispatchClass, int length) {
        var call = scope.call(system, new SystemCall.Remark(Bytes.EMPTY));
        return new Transaction(call, new DispatchInfo(weight, Weight.ZERO, dispatchClass, Pays.YES), length,
                TransactionSource.IN_BLOCK);
    }

    /** Takes fees out of accounts' data. */
    private final class Purses implements OnChargeTransaction {

        @Override
        public void canWithdrawFee(Externalities host, AccountId who, U128 fee) throws ValidityException {
            if (purse(who).isLessThan(fee)) {
                throw new ValidityException(new InvalidTransaction.Payment());
            }
        }

        @Override
        public U128 withdrawFee(Externalities host, AccountId who, U128 fee) throws ValidityException {
            canWithdrawFee(host, who, fee);
            put(who, purse(who).minus(fee));
            return fee;
        }

        @Override
        public void correctAndDepositFee(Externalities host, AccountId who, U128 withdrawn, U128 fee, U128 tip) {
            put(who, purse(who).plus(withdrawn.saturatingMinus(fee)));
        }

        private void put(AccountId who, U128 amount) {
            try {
                putPurse(who, amount);
            } catch (DispatchException e) {
                throw new AssertionError(e);
            }
        }
    }
}
