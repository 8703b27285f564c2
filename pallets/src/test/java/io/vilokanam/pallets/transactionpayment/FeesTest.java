package io.vilokanam.pallets.transactionpayment;

import static io.vilokanam.pallets.SmallRuntime.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.InclusionFee;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;

/** Fees and priorities, with numbers of the recorded chain. */
class FeesTest {

    private static final Weight EXTENSIONS = new Weight(487_630_000, 8_675);
    private static final DispatchInfo REMARK = info(new Weight(1_586_000, 0), DispatchClass.NORMAL, Pays.YES);

    private final SmallRuntime runtime;
    private final InMemoryExternalities ext;
    private final OnChargeRecorder onCharge = new OnChargeRecorder();
    private final ChargeTransactionPayment charge;

    FeesTest() throws DispatchException {
        runtime = new SmallRuntime().atBlockOne().endow(ALICE, 1_000_000_000_000L);
        ext = runtime.ext;
        charge = new ChargeTransactionPayment(runtime.payment, runtime.system, onCharge);
    }

    private static DispatchInfo info(Weight call, DispatchClass dispatchClass, Pays pays) {
        return new DispatchInfo(call, EXTENSIONS, dispatchClass, pays);
    }

    private static U128 u(long value) {
        return U128.of(value);
    }

    @Test
    void recordedRemarksPaidBaseLengthWeightAndTip() {
        assertEquals(u(597_373_108), runtime.payment.fee(ext, 108, REMARK, U128.ZERO)); // block 12, extrinsic 1
        DispatchInfo long5000 = info(runtime.system.weigh(new SystemCall.Remark(Bytes.wrap(new byte[5000]))),
                DispatchClass.NORMAL, Pays.YES);
        assertEquals(u(651_978_109), runtime.payment.fee(ext, 5109, long5000, U128.ZERO)); // extrinsic 2
        DispatchInfo withEvent = info(runtime.system.weigh(new SystemCall.RemarkWithEvent(Bytes.wrap(new byte[4]))),
                DispatchClass.NORMAL, Pays.YES);
        assertEquals(u(600_561_656), runtime.payment.fee(ext, 112, withEvent, U128.ZERO)); // extrinsic 3
        assertEquals(u(600_561_661), runtime.payment.fee(ext, 112, withEvent, u(5)));
    }

    @Test
    void theFeeIsToldInItsParts() {
        FeeDetails details = new FeeDetails(
                Optional.of(new InclusionFee(u(108_157_000), u(108), u(489_216_000))), U128.ZERO);
        assertEquals(details, runtime.payment.queryFeeDetails(ext, REMARK, false, 108));
        assertEquals(new FeeDetails(Optional.empty(), U128.ZERO),
                runtime.payment.queryFeeDetails(ext, REMARK, true, 108));
        assertEquals(new RuntimeDispatchInfo(REMARK.totalWeight(), DispatchClass.NORMAL, u(597_373_108)),
                runtime.payment.queryInfo(ext, REMARK, false, 108));
        assertEquals(U128.ZERO, runtime.payment.queryInfo(ext, REMARK, true, 108).partialFee());
    }

    @Test
    void whatPaysNoFeeStillTips() {
        DispatchInfo free = info(new Weight(1_000, 0), DispatchClass.NORMAL, Pays.NO);
        assertEquals(u(9), runtime.payment.fee(ext, 100, free, u(9)));
        assertEquals(u(9), runtime.payment.actualFee(ext, 100, REMARK,
                new PostDispatchInfo(Optional.empty(), Pays.NO), u(9)), "also where it turns out afterwards");
    }

    @Test
    void noWeightCostsMoreThanAWholeBlock() {
        assertEquals(u(1_000_000_000_000L), runtime.payment.weightToFee(Weight.MAX));
        assertEquals(u(7), runtime.payment.lengthToFee(7));
    }

    @Test
    void onlyTheWeightIsMultiplied() {
        SmallRuntime other = new SmallRuntime();
        other.atBlockOne();
        byte[] key = other.scope.slotOf(other.payment).scope().storage().getFirst().prefix().view();
        other.ext.put(key, Codecs.U128.encode(u(2_500_000_000_000_000_000L)));
        assertEquals(u(108_157_000 + 108 + 489_216_000L * 5 / 2), other.payment.fee(other.ext, 108, REMARK, U128.ZERO));
        other.payment.onFinalize(other.ext, 1);
        assertEquals(u(597_373_108), other.payment.fee(other.ext, 108, REMARK, U128.ZERO), "until the block ends");
    }

    @Test
    void prioritiesRiseWithTheTipAndFallWithSize() {
        // 1,000,000,000,000 / 489,216,000 fit by weight, 3,932,160 / 108 by length
        assertEquals(2_044, charge.priority(REMARK, 108, U128.ZERO, u(597_373_108)));
        assertEquals(2_044 * 11, charge.priority(REMARK, 108, u(10), u(597_373_118)));
        assertEquals(39, charge.priority(REMARK, 100_000, U128.ZERO, u(1)));
        assertEquals(1, charge.priority(REMARK, 10_000_000, U128.ZERO, u(1)), "too long: as if it filled the block");
        assertEquals(-1, charge.priority(REMARK, 108, U128.MAX, U128.MAX), "and never above 2^64 - 1");
        DispatchInfo nothing = new DispatchInfo(Weight.ZERO, Weight.ZERO, DispatchClass.NORMAL, Pays.YES);
        assertEquals(3_932_160, charge.priority(nothing, 0, U128.ZERO, U128.ZERO));
    }

    @Test
    void operationalCallsCountAsIfTheyTippedFiveTimesTheirFee() {
        // System.set_storage of block 10, as the stock runtime validates it
        SystemCall call = new SystemCall.SetStorage(List.of(Map.entry(Bytes.fromHex("1234"), Bytes.fromHex("56"))));
        DispatchInfo operational = info(runtime.system.weigh(call), runtime.system.dispatchClass(call), Pays.YES);
        assertEquals(new Weight(589_928_648, 8_675), operational.totalWeight());
        assertEquals(u(698_085_761), runtime.payment.fee(ext, 113, operational, U128.ZERO));
        assertEquals(5_916_276_826_170L, charge.priority(operational, 113, U128.ZERO, u(698_085_761)));
        DispatchInfo mandatory = info(new Weight(1_586_000, 0), DispatchClass.MANDATORY, Pays.YES);
        assertEquals(2_044, charge.priority(mandatory, 108, U128.ZERO, u(597_373_108)));
    }

    private Transaction transaction() {
        return new Transaction(runtime.scope.call(runtime.system, new SystemCall.Remark(Bytes.EMPTY)), REMARK, 108,
                TransactionSource.EXTERNAL);
    }

    @Test
    void theSurplusComesBackAndTheEventTellsWhatWasPaid() throws ValidityException {
        Origin alice = Origin.signed(ALICE);
        var validated = charge.validate(ext, u(5), alice, transaction());
        assertEquals(charge.priority(REMARK, 108, u(5), u(597_373_113)), validated.validity().priority());
        var charged = charge.prepare(ext, u(5), validated.state(), alice, transaction());
        Weight back = charge.postDispatch(ext, charged, transaction(),
                PostDispatchInfo.weighing(REMARK.totalWeight().minus(new Weight(1_000, 0))), Result.ok(Unit.UNIT));
        assertEquals(Weight.ZERO, back);
        assertEquals("can 597373113, withdraw 597373113, correct 597373113 to 597372113 tip 5",
                onCharge.log.toString());
        String events = ext.state().values().stream().map(Bytes::hex)
                .filter(value -> value.contains("0500" + ALICE.toString().substring(2))).findFirst().orElseThrow();
        assertEquals(1, events.split("d12c9b23").length - 1, "597,372,113 in little endian: " + events);
    }

    @Test
    void whereNobodySignedNobodyPaysAndTheWeightComesBack() throws ValidityException {
        var validated = charge.validate(ext, u(5), Origin.ROOT, transaction());
        var charged = charge.prepare(ext, u(5), validated.state(), Origin.ROOT, transaction());
        Weight back = charge.postDispatch(ext, charged, transaction(), PostDispatchInfo.AS_ANNOUNCED,
                Result.ok(Unit.UNIT));
        assertEquals(charge.weight(u(5), transaction().call()), back);
        assertEquals("", onCharge.log.toString());
    }

    @Test
    void whoCannotPayIsRefused() {
        onCharge.refuses = true;
        assertEquals(TransactionValidityError.of(new InvalidTransaction.Payment()),
                assertThrows(ValidityException.class,
                        () -> charge.validate(ext, u(5), Origin.signed(ALICE), transaction())).error());
    }

    /** Writes down what it is asked. */
    private static final class OnChargeRecorder implements OnChargeTransaction {

        private final StringBuilder log = new StringBuilder();
        private boolean refuses;

        @Override
        public void canWithdrawFee(Externalities host, AccountId who, U128 fee) throws ValidityException {
            if (refuses) {
                throw new ValidityException(new InvalidTransaction.Payment());
            }
            log.append("can ").append(fee);
        }

        @Override
        public U128 withdrawFee(Externalities host, AccountId who, U128 fee) {
            log.append(", withdraw ").append(fee);
            return fee;
        }

        @Override
        public void correctAndDepositFee(Externalities host, AccountId who, U128 withdrawn, U128 fee,
                U128 tip) {
            log.append(", correct ").append(withdrawn).append(" to ").append(fee).append(" tip ").append(tip);
        }
    }
}
