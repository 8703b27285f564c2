package io.vilokanam.pallets.system.extension;

import static io.vilokanam.pallets.SmallRuntime.ALICE;
import static io.vilokanam.pallets.SmallRuntime.BOB;
import static io.vilokanam.pallets.SmallRuntime.hash;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtensions.Values;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** System's extensions, each by itself and all together, with numbers of the recorded chain. */
class ExtensionsTest {

    private final SmallRuntime runtime;
    private final InMemoryExternalities ext;
    private final Origin alice = Origin.signed(ALICE);

    ExtensionsTest() throws DispatchException {
        runtime = new SmallRuntime().atBlockOne().endow(ALICE, 1_000_000_000_000L);
        ext = runtime.ext;
    }

    private static Values values(Era era, long nonce, long tip) {
        return new Values(List.of(Unit.UNIT, Unit.UNIT, Unit.UNIT, Unit.UNIT, era, nonce, Unit.UNIT, U128.of(tip),
                CheckMetadataHash.Mode.DISABLED, Unit.UNIT));
    }

    private Transaction remark(Values values, int length) {
        return runtime.transaction(new SystemCall.Remark(Bytes.EMPTY), values, length);
    }

    private static TransactionValidityError refusal(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(ValidityException.class, work).error();
    }

    private static TransactionValidityError invalid(InvalidTransaction reason) {
        return TransactionValidityError.of(reason);
    }

    // All together

    @Test
    void valuesStandOneBehindTheOther() throws ScaleException {
        Values values = values(Era.mortal(64, 5), 12, 12_345);
        ScaleOutput out = new ScaleOutput();
        runtime.extensions.encode(values, out);
        assertEquals("0x550030e5c000", out.toBytes().hex());
        assertEquals(values, runtime.extensions.decode(new ScaleInput(out.toByteArray())));
    }

    @Test
    void whatIsSignedOverIsVersionsHashesAndNoMetadataHash() throws ValidityException {
        ScaleOutput out = new ScaleOutput();
        runtime.extensions.encodeImplicit(ext, values(Era.IMMORTAL, 0, 0), out);
        String genesis = hash(0).hex().substring(2);
        assertEquals("0x6400000001000000" + genesis + genesis + "00", out.toBytes().hex());
    }

    @Test
    void theirWeightIsThatOfTheRecordedRemarks() {
        Transaction immortal = remark(values(Era.IMMORTAL, 12, 0), 108);
        // Block 12, extrinsic 1: 597,373,000 in all, of which 108,157,000 are the base of every extrinsic.
        assertEquals(new Weight(597_373_000L - 108_157_000L, 8_675), immortal.info().totalWeight());
        Transaction mortal = remark(values(Era.mortal(64, 1), 12, 0), 109);
        assertEquals(new Weight(98_000, 3_509), mortal.info().totalWeight().minus(immortal.info().totalWeight()));
    }

    @Test
    void aSignedRemarkIsValidPaidAndRefunded() throws ValidityException {
        Values values = values(Era.IMMORTAL, 0, 0);
        Transaction transaction = remark(values, 108);
        var validated = runtime.extensions.validate(ext, values, alice, transaction);
        assertEquals(List.of(Bytes.fromHex(ALICE.toString() + "00000000")), validated.validity().provides());
        assertEquals(List.of(), validated.validity().requires());
        assertEquals(-1 - 1, validated.validity().longevity(), "2^64 - 2 in block 1");
        var prepared = runtime.extensions.prepare(ext, values, validated, transaction);
        assertEquals(1, runtime.system.accounts().nonce(ext, ALICE));
        assertEquals(U128.of(1_000_000_000_000L - 597_373_108L), runtime.purse(ALICE));
        Weight used = transaction.info().totalWeight().plus(new Weight(108_157_000, 108));
        assertEquals(used, runtime.system.blockWeight(ext).normal());
        assertEquals(108, runtime.system.allExtrinsicsLength(ext));
        PostDispatchInfo post = runtime.extensions.postDispatch(ext, prepared, transaction,
                PostDispatchInfo.weighing(new Weight(586_000, 0)), Result.ok(Unit.UNIT));
        assertEquals(Optional.of(transaction.info().totalWeight().minus(new Weight(1_000_000, 0))),
                post.actualWeight());
        assertEquals(U128.of(1_000_000_000_000L - 596_373_108L), runtime.purse(ALICE));
        assertEquals(used.minus(new Weight(1_000_000, 0)), runtime.system.blockWeight(ext).normal(),
                "given back once, though two extensions do it");
    }

    @Test
    void whereNobodySignedNobodyIsAuthorised() {
        Values values = values(Era.IMMORTAL, 0, 0);
        assertEquals(invalid(new InvalidTransaction.UnknownOrigin()),
                refusal(() -> runtime.extensions.validate(ext, values, Origin.NONE, remark(values, 10))));
    }

    // One by one

    @Test
    void theAccountOfZerosSendsNothing() {
        assertEquals(invalid(new InvalidTransaction.BadSigner()), refusal(() -> new CheckNonZeroSender().validate(ext,
                Unit.UNIT, Origin.signed(AccountId.ZERO), remark(values(Era.IMMORTAL, 0, 0), 10))));
    }

    @Test
    void noncesOfThePastAreStaleAndThoseAheadWait() throws ValidityException {
        CheckNonce check = new CheckNonce(runtime.system);
        Transaction transaction = remark(values(Era.IMMORTAL, 0, 0), 10);
        runtime.system.accounts().setNonce(ext, ALICE, 5);
        assertEquals(invalid(new InvalidTransaction.Stale()),
                refusal(() -> check.validate(ext, 4L, alice, transaction)));
        ValidTransaction ahead = check.validate(ext, 7L, alice, transaction).validity();
        assertEquals(List.of(Bytes.fromHex(ALICE.toString() + "06000000")), ahead.requires());
        assertEquals(List.of(Bytes.fromHex(ALICE.toString() + "07000000")), ahead.provides());
        var state = check.validate(ext, 7L, alice, transaction).state();
        assertEquals(invalid(new InvalidTransaction.Future()),
                refusal(() -> check.prepare(ext, 7L, state, alice, transaction)));
        var due = check.validate(ext, 5L, alice, transaction).state();
        assertEquals(Weight.ZERO, check.prepare(ext, 5L, due, alice, transaction));
        assertEquals(6, runtime.system.accounts().nonce(ext, ALICE));
    }

    @Test
    void anAccountThatDoesNotLiveCannotPay() {
        assertEquals(invalid(new InvalidTransaction.Payment()),
                refusal(() -> new CheckNonce(runtime.system).validate(ext,
                        0L, Origin.signed(BOB), remark(values(Era.IMMORTAL, 0, 0), 10))));
    }

    @Test
    void whereNobodySignedTheNonceCostsNothing() throws ValidityException {
        CheckNonce check = new CheckNonce(runtime.system);
        Transaction transaction = remark(values(Era.IMMORTAL, 0, 0), 10);
        var state = check.validate(ext, 0L, Origin.ROOT, transaction).state();
        Weight refund = check.prepare(ext, 0L, state, Origin.ROOT, transaction);
        assertEquals(check.weight(0L, transaction.call()), refund);
        assertEquals(refund, check.postDispatch(ext, refund, transaction, PostDispatchInfo.AS_ANNOUNCED,
                Result.ok(Unit.UNIT)));
    }

    @Test
    void mortalTransactionsSignOverTheirBirthAndLiveUntilTheyDie() throws ValidityException {
        runtime.atBlock(70);
        CheckMortality check = new CheckMortality(runtime.system);
        assertEquals(hash(69), check.implicit(ext, Era.mortal(64, 69)));
        assertEquals(invalid(new InvalidTransaction.AncientBirthBlock()),
                refusal(() -> check.implicit(ext, Era.mortal(64, 60))));
        Transaction transaction = remark(values(Era.IMMORTAL, 0, 0), 10);
        assertEquals(63, check.validate(ext, Era.mortal(64, 69), alice, transaction).validity().longevity());
        assertEquals(-1 - 70, check.validate(ext, Era.IMMORTAL, alice, transaction).validity().longevity());
    }

    @Test
    void theMetadataHashIsSignedOverOnlyIfTheSignerWishes() throws ValidityException {
        CheckMetadataHash without = new CheckMetadataHash(Optional::empty);
        assertEquals(Optional.empty(), without.implicit(ext, CheckMetadataHash.Mode.DISABLED));
        assertEquals(new TransactionValidityError.Unknown(new UnknownTransaction.CannotLookup()),
                refusal(() -> without.implicit(ext, CheckMetadataHash.Mode.ENABLED)));
        CheckMetadataHash with = new CheckMetadataHash(() -> Optional.of(hash(7)));
        assertEquals(Optional.of(hash(7).bytes()), with.implicit(ext, CheckMetadataHash.Mode.ENABLED));
        assertArrayEquals(new byte[]{1}, with.codec().encode(CheckMetadataHash.Mode.ENABLED));
        assertThrows(ScaleException.class, () -> with.codec().decodeAll(new byte[]{2}));
        assertEquals(Hash.SIZE + 1, with.implicitCodec().encode(Optional.of(hash(7).bytes())).length);
    }

    // Weight and length

    private void take(Weight weight, DispatchClass dispatchClass, int length) throws ValidityException {
        new CheckWeight(runtime.system).bareValidateAndPrepare(ext, runtime.weighing(weight, dispatchClass, length));
    }

    private void assertExhausts(Weight weight, DispatchClass dispatchClass, int length) {
        assertEquals(invalid(new InvalidTransaction.ExhaustsResources()),
                refusal(() -> take(weight, dispatchClass, length)));
    }

    @Test
    void anExtrinsicMayNotBeHeavierThanItsClassAllows() throws ValidityException {
        Weight mostNormal = new Weight(649_891_843_000L, 0xa666_6666_6666_6666L);
        assertExhausts(mostNormal.plusRefTime(1), DispatchClass.NORMAL, 10);
        assertExhausts(mostNormal.plusProofSize(1), DispatchClass.NORMAL, 10);
        take(mostNormal, DispatchClass.NORMAL, 10);
        assertExhausts(new Weight(899_891_843_001L, 0), DispatchClass.OPERATIONAL, 10);
    }

    @Test
    void normalExtrinsicsFillThreeQuartersOfABlock() throws ValidityException {
        take(new Weight(600_000_000_000L, 0), DispatchClass.NORMAL, 10);
        Weight rest = new Weight(750_000_000_000L - 600_000_000_000L - 2 * 108_157_000L, 0);
        assertExhausts(rest.plusRefTime(1), DispatchClass.NORMAL, 10);
        take(rest, DispatchClass.NORMAL, 10);
        assertEquals(new Weight(750_000_000_000L, 20), runtime.system.blockWeight(ext).normal());
    }

    @Test
    void operationalExtrinsicsHaveAQuarterOfTheirOwnThoughTheBlockIsFull() throws ValidityException {
        take(new Weight(2_000_000_000_000L, 0), DispatchClass.MANDATORY, 10);
        assertExhausts(new Weight(1, 0), DispatchClass.NORMAL, 10);
        take(new Weight(200_000_000_000L, 0), DispatchClass.OPERATIONAL, 10);
        assertExhausts(new Weight(50_000_000_000L, 0), DispatchClass.OPERATIONAL, 10);
        take(new Weight(Long.MAX_VALUE, -1), DispatchClass.MANDATORY, 10);
    }

    @Test
    void extrinsicsOfABlockMayNotBeTooLongTogether() throws ValidityException {
        int quarter = 5 * 1024 * 1024 / 4;
        take(Weight.ZERO, DispatchClass.NORMAL, 2 * quarter);
        assertExhausts(Weight.ZERO, DispatchClass.NORMAL, quarter + 1);
        take(Weight.ZERO, DispatchClass.NORMAL, quarter);
        assertExhausts(Weight.ZERO, DispatchClass.NORMAL, 1);
        take(Weight.ZERO, DispatchClass.OPERATIONAL, quarter);
        assertExhausts(Weight.ZERO, DispatchClass.MANDATORY, 1);
        assertEquals(4L * quarter, runtime.system.allExtrinsicsLength(ext));
    }

    @Test
    void whatABareExtrinsicDidNotUseGoesBackToTheBlock() throws ValidityException {
        Transaction transaction = runtime.weighing(new Weight(1_000, 100), DispatchClass.MANDATORY, 11);
        runtime.extensions.bareValidateAndPrepare(ext, transaction);
        runtime.extensions.barePostDispatch(ext, transaction, PostDispatchInfo.weighing(new Weight(400, 2_000)),
                Result.ok(Unit.UNIT));
        assertEquals(new Weight(108_157_400, 111), runtime.system.blockWeight(ext).mandatory(),
                "never more than before");
        assertTrue(runtime.purse(ALICE).equals(U128.of(1_000_000_000_000L)));
    }
}
