package io.vilokanam.pallets.sudo;

import static io.vilokanam.pallets.EightPallets.ALICE;
import static io.vilokanam.pallets.EightPallets.BOB;
import static io.vilokanam.pallets.EightPallets.CHARLIE;
import static io.vilokanam.pallets.EightPallets.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.EightPallets;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.sudo.Sudo.Call;
import io.vilokanam.pallets.sudo.Sudo.Event;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;

class SudoTest {

    private static final Origin SUDO = Origin.signed(ALICE);
    private static final PostDispatchInfo FREE = new PostDispatchInfo(Optional.empty(), Pays.NO);
    private static final DispatchError REQUIRE_SUDO = new DispatchError.Module(ModuleError.of(6, 0));

    private final EightPallets runtime = new EightPallets().atBlockOne(has(ALICE, 100), has(BOB, 100));
    private final RuntimeCall rootCall = runtime.scope.call(runtime.system, new SystemCall.SetHeapPages(1));
    private final RuntimeCall remark = runtime.scope.call(runtime.system, new SystemCall.RemarkWithEvent(Bytes.EMPTY));

    private PostDispatchInfo dispatch(Origin origin, Call call) throws DispatchException {
        return runtime.scope.dispatch(runtime.ext, origin, runtime.scope.call(runtime.sudo, call));
    }

    private DispatchError failure(Origin origin, Call call) {
        return assertThrows(DispatchException.class, () -> dispatch(origin, call)).error();
    }

    @Test
    void theSudoAccountAndRootActAsRootForNothing() throws DispatchException {
        for (Origin origin : List.of(SUDO, Origin.ROOT)) {
            assertEquals(FREE, dispatch(origin, new Call.AsRoot(rootCall)));
            assertEquals(FREE, dispatch(origin, new Call.AsRootUncheckedWeight(rootCall, Weight.ZERO)));
        }
        assertEquals(new Event.Sudid(Result.ok(Unit.UNIT)), runtime.events().getLast());
    }

    @Test
    void aCallThatFailsAsRootIsAnEvent() throws DispatchException {
        assertEquals(FREE, dispatch(SUDO, new Call.AsRoot(remark)));
        assertEquals(List.of(new Event.Sudid(Result.err(new DispatchError.BadOrigin()))), runtime.events());
    }

    @Test
    void othersNeedSudo() {
        for (Call call : List.of(new Call.AsRoot(rootCall), new Call.AsRootUncheckedWeight(rootCall, Weight.ZERO),
                new Call.SetKey(new MultiAddress.Index()), new Call.SudoAs(new MultiAddress.Index(), rootCall),
                new Call.RemoveKey())) {
            assertEquals(REQUIRE_SUDO, failure(Origin.signed(BOB), call));
            assertEquals(new DispatchError.BadOrigin(), failure(Origin.NONE, call));
        }
        assertEquals(new DispatchError.CannotLookup(), failure(SUDO, new Call.SetKey(new MultiAddress.Index())));
    }

    @Test
    void sudoIsHandedOver() throws DispatchException {
        assertEquals(FREE, dispatch(SUDO, new Call.SetKey(MultiAddress.of(BOB))));
        assertEquals(List.of(new Event.KeyChanged(Optional.of(ALICE), BOB)), runtime.events());
        assertEquals(REQUIRE_SUDO, failure(SUDO, new Call.AsRoot(rootCall)));
        assertEquals(FREE, dispatch(Origin.signed(BOB), new Call.AsRoot(rootCall)));
    }

    @Test
    void sudoIsGivenUpForGood() throws DispatchException {
        assertEquals(FREE, dispatch(SUDO, new Call.RemoveKey()));
        assertEquals(List.of(new Event.KeyRemoved()), runtime.events());
        assertEquals(REQUIRE_SUDO, failure(SUDO, new Call.SetKey(MultiAddress.of(ALICE))));
        assertEquals(FREE, dispatch(Origin.ROOT, new Call.SetKey(MultiAddress.of(BOB))), "root itself needs no key");
        assertEquals(new Event.KeyChanged(Optional.empty(), BOB), runtime.events().getLast());
    }

    @Test
    void sudoActsForAnyAccount() throws DispatchException {
        RuntimeCall transfer = runtime.scope.call(runtime.balances, new Balances.Call.TransferAllowDeath(
                MultiAddress.of(CHARLIE), U128.of(EightPallets.EXISTENTIAL_DEPOSIT)));
        assertEquals(FREE, dispatch(SUDO, new Call.SudoAs(MultiAddress.of(BOB), transfer)));
        assertEquals(new Event.SudoAsDone(Result.ok(Unit.UNIT)), runtime.events().getLast());
        assertEquals(U128.of(99 * EightPallets.EXISTENTIAL_DEPOSIT), runtime.account(BOB).free());
        dispatch(SUDO, new Call.SudoAs(MultiAddress.of(BOB), rootCall));
        assertEquals(new Event.SudoAsDone(Result.err(new DispatchError.BadOrigin())), runtime.events().getLast());
    }

    @Test
    void weightAndClassAreThoseOfTheCall() {
        Weight inner = runtime.scope.dispatchInfo(rootCall).callWeight();
        assertEquals(inner.plus(new Weight(32_939_000, 1517)), runtime.sudo.weigh(new Call.AsRoot(rootCall)));
        assertEquals(inner.plus(new Weight(32_870_000, 1517)),
                runtime.sudo.weigh(new Call.SudoAs(MultiAddress.of(BOB), rootCall)));
        assertEquals(new Weight(5, 6), runtime.sudo.weigh(new Call.AsRootUncheckedWeight(rootCall, new Weight(5, 6))));
        assertEquals(new Weight(132_237_000, 1517), runtime.sudo.weigh(new Call.SetKey(MultiAddress.of(BOB))));
        assertEquals(new Weight(131_417_000, 1517), runtime.sudo.weigh(new Call.RemoveKey()));
        assertEquals(DispatchClass.OPERATIONAL, runtime.sudo.dispatchClass(new Call.AsRoot(rootCall)));
        assertEquals(DispatchClass.NORMAL, runtime.sudo.dispatchClass(new Call.SudoAs(MultiAddress.of(BOB), remark)));
        assertEquals(DispatchClass.NORMAL, runtime.sudo.dispatchClass(new Call.RemoveKey()));
    }
}
