package io.vilokanam.pallets.system;

import static io.vilokanam.pallets.SmallRuntime.ALICE;
import static io.vilokanam.pallets.SmallRuntime.VERSION;
import static io.vilokanam.pallets.SmallRuntime.hash;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchEventInfo;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

class SystemCallsTest {

    private static final Bytes NEXT = Bytes.ascii("the next version");
    private static final Bytes SAME = Bytes.ascii("the same version");
    private static final Bytes OTHER = Bytes.ascii("another chain");
    private static final Bytes NO_CODE = Bytes.ascii("no code");

    private final SmallRuntime runtime = new SmallRuntime(new InMemoryExternalities() {
        @Override
        public Optional<byte[]> runtimeVersion(byte[] code) {
            return Optional.ofNullable(Map.of(NEXT, version("vilokanam", 101), SAME, version("vilokanam", 100), OTHER,
                    version("other", 101)).get(Bytes.wrap(code))).map(RuntimeVersion.CODEC::encode);
        }
    }).atBlockOne();
    private final InMemoryExternalities ext = runtime.ext;

    private static RuntimeVersion version(String name, long spec) {
        return new RuntimeVersion(name, name, 1, spec, 1, List.of(), 1, 1);
    }

    private PostDispatchInfo dispatch(Origin origin, SystemCall call) throws DispatchException {
        return runtime.scope.dispatch(ext, origin, runtime.scope.call(runtime.system, call));
    }

    private DispatchError failure(Origin origin, SystemCall call) {
        return assertThrows(DispatchException.class, () -> dispatch(origin, call)).error();
    }

    private static DispatchError module(SystemError error) {
        return new DispatchError.Module(ModuleError.of(0, error.ordinal()));
    }

    private StorageEntry item(String name) {
        return runtime.scope.slotOf(runtime.system).scope().storage().stream()
                .filter(entry -> entry.item().equals(name))
                .findFirst().orElseThrow();
    }

    private List<SystemEvent> events() throws ScaleException {
        List<SystemEvent> events = new ArrayList<>();
        ScaleInput in = new ScaleInput(ext.get(item("Events").prefix().view()).orElse(new byte[1]));
        for (long left = in.compactU32(); left > 0; left--) {
            Phase.CODEC.decode(in);
            assertEquals(0, in.u8(), "the pallet's index");
            events.add(SystemEvent.TABLE.decode(in));
            in.skip((int) (in.compactU32() * Hash.SIZE));
        }
        in.expectEnd();
        return events;
    }

    @Test
    void anyoneMayRemarkAndTheHashIsInTheEvent() throws DispatchException, ScaleException {
        dispatch(Origin.NONE, new SystemCall.Remark(NEXT));
        dispatch(Origin.signed(ALICE), new SystemCall.RemarkWithEvent(NEXT));
        assertEquals(List.of(new SystemEvent.Remarked(ALICE, Hash.wrap(ext.blake2b256(NEXT.view())))), events());
        assertEquals(new DispatchError.BadOrigin(), failure(Origin.ROOT, new SystemCall.RemarkWithEvent(NEXT)));
    }

    @Test
    void onlyRootTouchesStorageAndCode() {
        for (SystemCall call : List.of(new SystemCall.SetHeapPages(1), new SystemCall.SetCode(NEXT),
                new SystemCall.SetCodeWithoutChecks(NEXT), new SystemCall.SetStorage(List.of()),
                new SystemCall.KillStorage(List.of()), new SystemCall.KillPrefix(NEXT, 1),
                new SystemCall.AuthorizeUpgrade(Hash.ZERO), new SystemCall.AuthorizeUpgradeWithoutChecks(Hash.ZERO))) {
            assertEquals(new DispatchError.BadOrigin(), failure(Origin.signed(ALICE), call));
            assertEquals(DispatchClass.OPERATIONAL, runtime.system.dispatchClass(call));
        }
    }

    @Test
    void rootWritesAndDeletesStorage() throws DispatchException {
        Bytes a = Bytes.ascii("key a");
        Bytes b = Bytes.ascii("key b");
        dispatch(Origin.ROOT, new SystemCall.SetStorage(List.of(Map.entry(a, NEXT), Map.entry(b, SAME))));
        assertArrayEquals(NEXT.view(), ext.get(a.view()).orElseThrow());
        dispatch(Origin.ROOT, new SystemCall.KillStorage(List.of(a)));
        assertFalse(ext.exists(a.view()));
        ext.commitBlock();
        dispatch(Origin.ROOT, new SystemCall.KillPrefix(Bytes.ascii("key "), 0));
        assertTrue(ext.exists(b.view()), "no key of the state before may go");
        dispatch(Origin.ROOT, new SystemCall.KillPrefix(Bytes.ascii("key "), 1));
        assertFalse(ext.exists(b.view()));
    }

    @Test
    void heapPagesAreStoredAndLogged() throws DispatchException {
        dispatch(Origin.ROOT, new SystemCall.SetHeapPages(2048));
        assertArrayEquals(Codecs.U64.encode(2048L), ext.get(Bytes.ascii(":heappages").view()).orElseThrow());
        assertEquals(List.of(new DigestItem.RuntimeEnvironmentUpdated()), runtime.system.digest(ext).items());
    }

    @Test
    void codeMustBeALaterVersionOfTheSameChain() throws DispatchException, ScaleException {
        assertEquals(module(SystemError.SPEC_VERSION_NEEDS_TO_INCREASE),
                failure(Origin.ROOT, new SystemCall.SetCode(SAME)));
        assertEquals(module(SystemError.INVALID_SPEC_NAME), failure(Origin.ROOT, new SystemCall.SetCode(OTHER)));
        assertEquals(module(SystemError.FAILED_TO_EXTRACT_RUNTIME_VERSION),
                failure(Origin.ROOT, new SystemCall.SetCode(NO_CODE)));
        PostDispatchInfo post = dispatch(Origin.ROOT, new SystemCall.SetCode(NEXT));
        assertEquals(PostDispatchInfo.weighing(runtime.system.maxBlockWeight()), post, "the block is over");
        assertArrayEquals(NEXT.view(), ext.get(Bytes.ascii(":code").view()).orElseThrow());
        assertEquals(List.of(new SystemEvent.CodeUpdated()), events());
        dispatch(Origin.ROOT, new SystemCall.SetCodeWithoutChecks(NO_CODE));
        assertArrayEquals(NO_CODE.view(), ext.get(Bytes.ascii(":code").view()).orElseThrow());
    }

    @Test
    void anyoneBringsTheAuthorisedCodeForNothing() throws DispatchException, ScaleException {
        SystemCall apply = new SystemCall.ApplyAuthorizedUpgrade(NEXT);
        Hash hash = Hash.wrap(ext.blake2b256(NEXT.view()));
        assertEquals(module(SystemError.NOTHING_AUTHORIZED), failure(Origin.NONE, apply));
        dispatch(Origin.ROOT, new SystemCall.AuthorizeUpgrade(hash));
        assertEquals(module(SystemError.UNAUTHORIZED),
                failure(Origin.signed(ALICE), new SystemCall.ApplyAuthorizedUpgrade(SAME)));
        assertEquals(Result.ok(new ValidTransaction(-1, List.of(), List.of(hash.bytes()), -1, true)),
                runtime.system.validateUnsigned(ext, TransactionSource.EXTERNAL, apply));
        assertEquals(Optional.empty(), runtime.system.preDispatchUnsigned(ext, apply));
        PostDispatchInfo post = dispatch(Origin.NONE, apply);
        assertEquals(new PostDispatchInfo(Optional.of(runtime.system.maxBlockWeight()), Pays.NO), post);
        assertEquals(List.of(new SystemEvent.UpgradeAuthorized(hash, true), new SystemEvent.CodeUpdated()), events());
        assertEquals(module(SystemError.NOTHING_AUTHORIZED), failure(Origin.NONE, apply), "once");
    }

    @Test
    void anAuthorisedCodeThatCannotFollowIsRejectedForGood() throws DispatchException, ScaleException {
        Hash hash = Hash.wrap(ext.blake2b256(SAME.view()));
        dispatch(Origin.ROOT, new SystemCall.AuthorizeUpgrade(hash));
        PostDispatchInfo post = dispatch(Origin.signed(ALICE), new SystemCall.ApplyAuthorizedUpgrade(SAME));
        assertEquals(new PostDispatchInfo(Optional.empty(), Pays.NO), post);
        assertEquals(new SystemEvent.RejectedInvalidAuthorizedUpgrade(hash,
                module(SystemError.SPEC_VERSION_NEEDS_TO_INCREASE)), events().getLast());
        assertFalse(ext.exists(Bytes.ascii(":code").view()));
        dispatch(Origin.ROOT, new SystemCall.AuthorizeUpgradeWithoutChecks(hash));
        dispatch(Origin.signed(ALICE), new SystemCall.ApplyAuthorizedUpgrade(SAME));
        assertTrue(ext.exists(Bytes.ascii(":code").view()), "unless nobody asks for its version");
    }

    @Test
    void otherUnsignedCallsAreRefused() {
        TransactionValidityError call = TransactionValidityError.of(new InvalidTransaction.Call());
        assertEquals(Result.err(call),
                runtime.system.validateUnsigned(ext, TransactionSource.LOCAL, new SystemCall.Remark(NEXT)));
        assertEquals(Optional.of(call), runtime.system.preDispatchUnsigned(ext, new SystemCall.Remark(NEXT)));
        assertEquals(Optional.of(call),
                runtime.system.preDispatchUnsigned(ext, new SystemCall.ApplyAuthorizedUpgrade(NEXT)));
    }

    @Test
    void aRuntimeKnowsWhetherAnotherOneRanBefore() {
        assertFalse(runtime.system.isUpgraded(ext));
        byte[] key = item("LastRuntimeUpgrade").prefix().view();
        ext.put(key, LastRuntimeUpgrade.CODEC.encode(LastRuntimeUpgrade.to(version("vilokanam", 99))));
        assertTrue(runtime.system.isUpgraded(ext));
        ext.put(key, LastRuntimeUpgrade.CODEC.encode(LastRuntimeUpgrade.to(version("other", 100))));
        assertTrue(runtime.system.isUpgraded(ext));
        ext.delete(key);
        assertTrue(runtime.system.isUpgraded(ext));
        runtime.system.noteUpgraded(ext);
        assertFalse(runtime.system.isUpgraded(ext));
        assertEquals("vilokanam", VERSION.specName());
    }

    @Test
    void eventsOfGenesisAreNotRecordedAndTopicsAreIndexed() {
        SmallRuntime genesis = new SmallRuntime();
        genesis.system.build(genesis.ext);
        genesis.system.accounts().incProviders(genesis.ext, ALICE);
        assertFalse(genesis.ext.exists(item("Events").prefix().view()));
        runtime.system.appendIndexed(ext, List.of(hash(9)), new byte[]{0, 2});
        byte[] topic = ext.nextKey(item("EventTopics").prefix().view()).orElseThrow();
        assertArrayEquals(new byte[]{4, 1, 0, 0, 0, 0, 0, 0, 0}, ext.get(topic).orElseThrow(), "block 1, event 0");
        runtime.atBlock(2);
        assertFalse(ext.exists(topic), "the next block forgets them");
    }

    @Test
    void theResultOfAnExtrinsicCarriesItsWeightWithTheBase() throws ScaleException {
        DispatchInfo info = new DispatchInfo(new Weight(1000, 10), new Weight(500, 5), DispatchClass.NORMAL, Pays.YES);
        runtime.system.noteAppliedExtrinsic(ext, Result.ok(Unit.UNIT), PostDispatchInfo.weighing(new Weight(900, 50)),
                info);
        runtime.system.noteAppliedExtrinsic(ext, Result.err(new DispatchError.BadOrigin()),
                new PostDispatchInfo(Optional.empty(), Pays.NO), info);
        assertEquals(List.of(
                new SystemEvent.ExtrinsicSuccess(
                        new DispatchEventInfo(new Weight(108_157_900, 15), DispatchClass.NORMAL, Pays.YES)),
                new SystemEvent.ExtrinsicFailed(new DispatchError.BadOrigin(),
                        new DispatchEventInfo(new Weight(108_158_500, 15), DispatchClass.NORMAL, Pays.NO))),
                events());
        assertEquals(Optional.of(2L), runtime.system.extrinsicIndex(ext));
    }

    @Test
    void oldBlockHashesGoAndThatOfGenesisStays() {
        for (long number = 2; number <= 2500; number++) {
            runtime.system.initialise(ext, number, hash(1), Digest.EMPTY);
            runtime.system.noteFinishedExtrinsics(ext);
            if (number > 2395) {
                runtime.system.finalise(ext);
            }
        }
        assertTrue(runtime.system.findBlockHash(ext, 0).isPresent());
        assertTrue(runtime.system.findBlockHash(ext, 99).isEmpty(), "2500 - 2400 - 1");
        assertTrue(runtime.system.findBlockHash(ext, 100).isPresent());
        assertTrue(runtime.system.findBlockHash(ext, 1).isEmpty(), "2402 - 2400 - 1 is the first to go");
    }
}
