package io.vilokanam.pallets.utility;

import static io.vilokanam.pallets.EightPallets.ALICE;
import static io.vilokanam.pallets.EightPallets.BOB;
import static io.vilokanam.pallets.EightPallets.CHARLIE;
import static io.vilokanam.pallets.EightPallets.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.EightPallets.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.EightPallets;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility.Call;
import io.vilokanam.pallets.utility.Utility.Event;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

class UtilityTest {

    private static final Origin SIGNED = Origin.signed(ALICE);
    private static final DispatchError TOO_POOR = new DispatchError.Token(TokenError.FUNDS_UNAVAILABLE);
    private static final DispatchError CALL_FILTERED = new DispatchError.Module(ModuleError.of(0, 5));
    private static final Weight TRANSFER = new Weight(173_834_000, 3593);

    private final EightPallets runtime = new EightPallets().atBlockOne(has(ALICE, 100), has(BOB, 10_000));
    private final RuntimeCall root = runtime.scope.call(runtime.system, new SystemCall.SetHeapPages(1));

    private RuntimeCall transfer(long existentialDeposits) {
        return runtime.scope.call(runtime.balances, new Balances.Call.TransferAllowDeath(MultiAddress.of(CHARLIE),
                U128.of(existentialDeposits * EXISTENTIAL_DEPOSIT)));
    }

    private RuntimeCall remark() {
        return runtime.scope.call(runtime.system, new SystemCall.Remark(Bytes.EMPTY));
    }

    private RuntimeCall utility(Call call) {
        return runtime.scope.call(runtime.utility, call);
    }

    private PostDispatchInfo dispatch(Origin origin, Call call) throws DispatchException {
        return runtime.scope.dispatch(runtime.ext, origin, utility(call));
    }

    private DispatchException failure(Origin origin, Call call) {
        return assertThrows(DispatchException.class, () -> dispatch(origin, call));
    }

    private U128 free(AccountId who) {
        return runtime.account(who).free();
    }

    private List<Event> events() {
        return runtime.events().stream().filter(Event.class::isInstance).map(Event.class::cast).toList();
    }

    private Weight weight(RuntimeCall call) {
        return runtime.scope.dispatchInfo(call).callWeight();
    }

    @Test
    void aBatchEndsAtTheFirstFailureAndKeepsWhatWasDone() throws DispatchException {
        PostDispatchInfo post = dispatch(SIGNED, new Call.Batch(List.of(transfer(2), transfer(1_000), transfer(3))));
        assertEquals(List.of(new Event.ItemCompleted(), new Event.BatchInterrupted(1, TOO_POOR)), events());
        assertEquals(U128.of(2 * EXISTENTIAL_DEPOSIT), free(CHARLIE));
        assertEquals(PostDispatchInfo.weighing(UtilityWeights.batch(2).plus(TRANSFER).plus(TRANSFER)), post);
    }

    @Test
    void aBatchOfNothingCompletes() throws DispatchException {
        assertEquals(PostDispatchInfo.weighing(new Weight(54_034_000, 3997)),
                dispatch(SIGNED, new Call.Batch(List.of())));
        assertEquals(List.of(new Event.BatchCompleted()), events());
    }

    @Test
    void batchAllDoesAllOrNothing() throws DispatchException {
        DispatchException failure = failure(SIGNED,
                new Call.BatchAll(List.of(transfer(2), transfer(1_000), transfer(3))));
        assertEquals(TOO_POOR, failure.error());
        assertEquals(PostDispatchInfo.weighing(UtilityWeights.batchAll(2).plus(TRANSFER).plus(TRANSFER)),
                failure.post());
        assertEquals(U128.ZERO, free(CHARLIE));
        assertEquals(List.of(), runtime.events());
        PostDispatchInfo post = dispatch(SIGNED, new Call.BatchAll(List.of(transfer(2), transfer(3))));
        assertEquals(PostDispatchInfo.weighing(UtilityWeights.batchAll(2).plus(TRANSFER).plus(TRANSFER)), post);
        assertEquals(List.of(new Event.ItemCompleted(), new Event.ItemCompleted(), new Event.BatchCompleted()),
                events());
    }

    @Test
    void aForcedBatchPassesFailuresOver() throws DispatchException {
        PostDispatchInfo post = dispatch(SIGNED, new Call.ForceBatch(List.of(transfer(1_000), transfer(3))));
        assertEquals(List.of(new Event.ItemFailed(TOO_POOR), new Event.ItemCompleted(),
                new Event.BatchCompletedWithErrors()), events());
        assertEquals(PostDispatchInfo.weighing(UtilityWeights.batch(2).plus(TRANSFER).plus(TRANSFER)), post);
    }

    @Test
    void batchAllDoesNotNestHoweverDeepButForRoot() throws DispatchException {
        RuntimeCall inner = utility(new Call.BatchAll(List.of(transfer(2))));
        assertEquals(CALL_FILTERED, failure(SIGNED, new Call.BatchAll(List.of(inner))).error());
        dispatch(SIGNED, new Call.BatchAll(List.of(utility(new Call.Batch(List.of(inner))))));
        assertEquals(List.of(new Event.BatchInterrupted(0, CALL_FILTERED), new Event.ItemCompleted(),
                new Event.BatchCompleted()), events());
        runtime.withoutEvents();
        RuntimeCall derivative = utility(new Call.AsDerivative(0, inner));
        assertEquals(CALL_FILTERED, failure(SIGNED, new Call.BatchAll(List.of(derivative))).error());
        dispatch(SIGNED, new Call.Batch(List.of(utility(new Call.BatchAll(List.of(transfer(2)))))));
        dispatch(Origin.ROOT, new Call.BatchAll(List.of(utility(new Call.BatchAll(List.of(root))))));
        assertEquals(U128.of(2 * EXISTENTIAL_DEPOSIT), free(CHARLIE));
    }

    @Test
    void nobodyMakesNoBatchAndNobodyMakesTooLargeOnes() {
        for (Call call : List.of(new Call.Batch(List.of()), new Call.BatchAll(List.of()),
                new Call.ForceBatch(List.of()),
                new Call.IfElse(remark(), remark()))) {
            assertEquals(new DispatchError.BadOrigin(), failure(Origin.NONE, call).error());
        }
        List<RuntimeCall> many = Collections.nCopies(10_923, remark());
        for (Call call : List.of(new Call.Batch(many), new Call.BatchAll(many), new Call.ForceBatch(many))) {
            assertEquals(new DispatchError.Module(ModuleError.of(7, 0)), failure(SIGNED, call).error());
        }
    }

    @Test
    void aPseudonymOwnsWhatItIsSent() throws DispatchException {
        AccountId pseudonym = Utility.derivative(runtime.ext, ALICE, 7);
        DispatchException failure = failure(SIGNED, new Call.AsDerivative(7, transfer(2)));
        assertEquals(TOO_POOR, failure.error());
        assertEquals(Optional.of(UtilityWeights.AS_DERIVATIVE.plus(TRANSFER)), failure.post().actualWeight());
        runtime.balances.currency().mintInto(runtime.ext, pseudonym, U128.of(5 * EXISTENTIAL_DEPOSIT));
        PostDispatchInfo post = dispatch(SIGNED, new Call.AsDerivative(7, transfer(2)));
        assertEquals(PostDispatchInfo.weighing(UtilityWeights.AS_DERIVATIVE.plus(TRANSFER)), post);
        assertEquals(U128.of(3 * EXISTENTIAL_DEPOSIT), free(pseudonym));
        assertEquals(new DispatchError.BadOrigin(), failure(Origin.ROOT, new Call.AsDerivative(7, remark())).error());
    }

    @Test
    void rootDispatchesAsOthersWhateverComesOfIt() throws DispatchException {
        dispatch(Origin.ROOT, new Call.DispatchAs(Origin.signed(BOB), transfer(5_000)));
        dispatch(Origin.ROOT, new Call.DispatchAs(Origin.signed(BOB), transfer(5_001)));
        assertEquals(
                List.of(new Event.DispatchedAs(Result.ok(Unit.UNIT)), new Event.DispatchedAs(Result.err(TOO_POOR))),
                events());
        runtime.withoutEvents();
        DispatchException failure = failure(Origin.ROOT,
                new Call.DispatchAsFallible(Origin.signed(BOB), transfer(5_001)));
        assertEquals(TOO_POOR, failure.error());
        assertEquals(PostDispatchInfo.AS_ANNOUNCED, failure.post());
        dispatch(Origin.ROOT, new Call.DispatchAsFallible(Origin.signed(BOB), transfer(1)));
        assertEquals(List.of(new Event.DispatchedAs(Result.ok(Unit.UNIT))), events());
        for (Call call : List.of(new Call.DispatchAs(Origin.ROOT, remark()), new Call.WithWeight(remark(), Weight.ZERO),
                new Call.DispatchAsFallible(Origin.ROOT, remark()))) {
            assertEquals(new DispatchError.BadOrigin(), failure(SIGNED, call).error());
        }
    }

    @Test
    void rootSaysWhatACallWeighs() throws DispatchException {
        Call call = new Call.WithWeight(root, new Weight(123, 456));
        assertEquals(new Weight(123, 456), runtime.utility.weigh(call));
        assertEquals(DispatchClass.OPERATIONAL, runtime.utility.dispatchClass(call));
        assertEquals(PostDispatchInfo.AS_ANNOUNCED, dispatch(Origin.ROOT, call));
        assertEquals(new DispatchError.BadOrigin(),
                failure(Origin.ROOT, new Call.WithWeight(transfer(1), Weight.ZERO)).error());
    }

    @Test
    void theFallbackIsCalledWhereTheMainCallFails() throws DispatchException {
        Call call = new Call.IfElse(transfer(1_000), transfer(2));
        assertEquals(weight(utility(call)), dispatch(SIGNED, call).actualWeight().orElseThrow());
        assertEquals(List.of(new Event.IfElseFallbackCalled(TOO_POOR)), events());
        runtime.withoutEvents();
        assertEquals(Optional.of(UtilityWeights.IF_ELSE.plus(TRANSFER)),
                dispatch(SIGNED, new Call.IfElse(transfer(2), transfer(3))).actualWeight());
        assertEquals(List.of(new Event.IfElseMainSuccess()), events());
        DispatchException failure = failure(SIGNED, new Call.IfElse(transfer(1_000), transfer(2_000)));
        assertEquals(TOO_POOR, failure.error());
        assertEquals(Optional.of(weight(utility(call))), failure.post().actualWeight());
    }

    @Test
    void weightAndClassComeFromTheCallsWithin() {
        assertEquals(UtilityWeights.batch(2).plus(TRANSFER).plus(weight(remark())),
                runtime.utility.weigh(new Call.Batch(List.of(transfer(1), remark()))));
        assertEquals(new Weight(63_840_458, 3997).plus(TRANSFER).plus(TRANSFER),
                runtime.utility.weigh(new Call.ForceBatch(List.of(transfer(1), transfer(1)))));
        assertEquals(new Weight(181_097_000, 3997).plus(TRANSFER),
                runtime.utility.weigh(new Call.AsDerivative(1, transfer(1))));
        assertEquals(DispatchClass.OPERATIONAL, runtime.utility.dispatchClass(new Call.Batch(List.of())));
        assertEquals(DispatchClass.OPERATIONAL, runtime.utility.dispatchClass(new Call.BatchAll(List.of(root, root))));
        assertEquals(DispatchClass.NORMAL, runtime.utility.dispatchClass(new Call.ForceBatch(List.of(root, remark()))));
        assertEquals(DispatchClass.OPERATIONAL, runtime.utility.dispatchClass(new Call.IfElse(root, root)));
        assertEquals(DispatchClass.NORMAL, runtime.utility.dispatchClass(new Call.IfElse(root, remark())));
        assertEquals(DispatchClass.OPERATIONAL, runtime.utility.dispatchClass(new Call.DispatchAs(Origin.ROOT, root)));
    }

    @Test
    void callsThatHoldCallsReadBack() throws ScaleException {
        RuntimeCall call = utility(new Call.Batch(List.of(transfer(1),
                utility(new Call.DispatchAs(Origin.signed(BOB), utility(new Call.AsDerivative(3, remark())))),
                runtime.scope.call(runtime.sudo, new Sudo.Call.AsRoot(root)))));
        assertEquals(call, runtime.scope.codec().decodeAll(runtime.scope.codec().encode(call)));
    }

    @Test
    void callsNestAsDeepAsInTheReference() throws ScaleException {
        runtime.scope.codec().decodeAll(nestedBatches(256));
        assertThrows(ScaleException.class, () -> runtime.scope.codec().decodeAll(nestedBatches(257)));
    }

    /** So many batches within each other, the innermost one empty. */
    private static byte[] nestedBatches(int depth) {
        ScaleOutput out = new ScaleOutput();
        for (int i = 1; i < depth; i++) {
            out.u8(7).u8(0).compact(1);
        }
        return out.u8(7).u8(0).compact(0).toByteArray();
    }
}
