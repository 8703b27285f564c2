package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.StateVersion;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.code.RuntimeBlob;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.SigningPayload;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** A chain gets the code of another composition: each block is executed by what its parent's {@code :code} names. */
class UpgradeTest {

    private static final List<VilokanamRuntime> RUNTIMES = VilokanamRuntime.all(new HostHashing());
    private static final VilokanamRuntime OLD = RUNTIMES.get(0);
    private static final VilokanamRuntime NEW = RUNTIMES.get(1);
    private static final VilokanamRuntime FULL = RUNTIMES.get(2);
    private static final VilokanamRuntime WHOLE = RUNTIMES.get(3);
    /** Longer than a session of the compositions that have sessions. */
    private static final int SESSION_AND_MORE = 32;
    private static final AccountId ALICE = AccountId
            .fromHex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    private static final U128 EXISTENTIAL_DEPOSIT = U128.of(1_000_000_000L);
    private static final long FIRST_SLOT = 900_000_000;
    private static final long SLOT_MILLIS = 2_000;
    private static final String APPLIED = "0x0000";
    private static final String BAD_PROOF = "0x010004";

    private Hash genesis;
    private ChainState state;
    private Hash parent;
    private long number;
    private long nonce;
    private Header last;

    UpgradeTest() throws Exception {
        beginWith("dev.raw.json");
    }

    private void beginWith(String spec) throws Exception {
        genesis = RecordedGenesis.hash(spec);
        state = RecordedGenesis.state(spec);
        parent = genesis;
    }

    /** The runtime that the state's own code names. */
    private static VilokanamRuntime runtimeOf(ChainState state) throws Exception {
        byte[] code = state.top().get(WellKnownKeys.CODE.view()).orElseThrow();
        RuntimeVersion version = RuntimeBlob.of(code).version().orElseThrow();
        return RUNTIMES.stream().filter(runtime -> runtime.version().specVersion() == version.specVersion()).findFirst()
                .orElseThrow();
    }

    private static HostExternalities externalities(StorageOverlay overlay) {
        return new HostExternalities(overlay,
                HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
    }

    /** Builds a block on the present state, executes it as others do, and goes on from there; answers what became of each. */
    private List<String> block(byte[]... extrinsics) throws Exception {
        number++;
        VilokanamRuntime runtime = runtimeOf(state);
        long slot = FIRST_SLOT + number;
        Digest digest = new Digest(
                List.of(new DigestItem.PreRuntime(DigestItem.AURA, new ScaleOutput().u64(slot).toBytes())));
        StorageOverlay overlay = new StorageOverlay(state, StateVersion.V1);
        HostExternalities ext = externalities(overlay);
        runtime.call("Core_initialize_block",
                Header.CODEC.encode(new Header(parent, number, Hash.ZERO, Hash.ZERO, digest)), ext);
        List<Bytes> contents = new ArrayList<>();
        List<String> results = new ArrayList<>();
        List<byte[]> all = new ArrayList<>(List.of(extrinsics));
        all.addFirst(bare(new ScaleOutput().u8(1).u8(0).compact(slot * SLOT_MILLIS).toByteArray()));
        for (byte[] extrinsic : all) {
            overlay.startTransaction();
            byte[] result = runtime.call("BlockBuilder_apply_extrinsic", extrinsic, ext);
            if (result[0] == 0) {
                overlay.commitTransaction();
                contents.add(Bytes.wrap(new ScaleInput(extrinsic).bytes()));
            } else {
                overlay.rollbackTransaction();
            }
            results.add(Bytes.hex(result));
        }
        last = Header.CODEC.decodeAll(runtime.call("BlockBuilder_finalize_block", new byte[0], ext));
        StorageOverlay again = new StorageOverlay(state, StateVersion.V1);
        runtime.call("Core_execute_block", Block.CODEC.encode(new Block(last, contents)), externalities(again));
        assertArrayEquals(overlay.after().root(), again.after().root());
        state = again.after();
        parent = Hash.wrap(Blake2b.hash256(Header.CODEC.encode(last)));
        return results.subList(1, results.size());
    }

    private static byte[] bare(byte[] call) {
        return new ScaleOutput().bytes(new ScaleOutput().u8(5).raw(call).toByteArray()).toByteArray();
    }

    private static byte[] encoded(VilokanamRuntime runtime, RuntimeCall call) {
        return runtime.pallets().runtime().codec().encode(call);
    }

    private byte[] byAlice(VilokanamRuntime runtime, RuntimeCall runtimeCall, long specVersion) throws Exception {
        byte[] call = encoded(runtime, runtimeCall);
        byte[] extra = new ScaleOutput().u8(0).compact(nonce).compact(0).u8(0).toByteArray();
        byte[] implied = new ScaleOutput().u32(specVersion).u32(1).raw(genesis.bytes().view())
                .raw(genesis.bytes().view())
                .u8(0).toByteArray();
        byte[] signature = SecretUri.keyPair(Scheme.SR25519, "//Alice")
                .sign(new SigningPayload(call, extra, implied).message(Blake2b::hash256));
        return new ScaleOutput().bytes(new ScaleOutput().u8(0x84).u8(0).raw(ALICE.bytes().view()).u8(1).raw(signature)
                .raw(extra).raw(call).toByteArray()).toByteArray();
    }

    private byte[] byRoot(SystemCall call) throws Exception {
        return byRoot(OLD, call);
    }

    private byte[] byRoot(VilokanamRuntime runtime, SystemCall call) throws Exception {
        Pallets pallets = runtime.pallets();
        return byAlice(runtime, pallets.runtime().call(pallets.sudo(),
                new Sudo.Call.AsRoot(pallets.runtime().call(pallets.system(), call))),
                runtime.version().specVersion());
    }

    private HostExternalities look() {
        return externalities(new StorageOverlay(state, StateVersion.V1));
    }

    private long versionNow() throws Exception {
        return RuntimeVersion.CODEC.decodeAll(runtimeOf(state).call("Core_version", new byte[0], look())).specVersion();
    }

    private U128 issuance() {
        return NEW.pallets().balances().currency().totalIssuance(look());
    }

    private Optional<byte[]> stored(String pallet, String item) {
        return look().get(StoredItems.prefix(pallet, item).view());
    }

    private void assertLastUpgradeWasTo(long version) {
        assertStored(Bytes.hex(new ScaleOutput().compact(version).string("vilokanam").toByteArray()), "System",
                "LastRuntimeUpgrade");
    }

    private void assertStored(String expected, String pallet, String item) {
        assertEquals(Optional.of(expected), stored(pallet, item).map(Bytes::hex), pallet + "." + item);
    }

    private static RuntimeCall createStream() {
        return createStream(NEW);
    }

    private static RuntimeCall createStream(VilokanamRuntime runtime) {
        Pallets pallets = runtime.pallets();
        return pallets.runtime().call(pallets.tickStream().orElseThrow(),
                new TickStreamCall.CreateStream(U128.of(5), List.of(), 0, Bytes.ascii("a stream")));
    }

    /** The block that set the code was the old runtime's; the next one is the new runtime's, and brings its pallet to life. */
    private void assertUpgrades() throws Exception {
        assertEquals(101, versionNow());
        assertTrue(last.digest().items().contains(new DigestItem.RuntimeEnvironmentUpdated()));
        assertLastUpgradeWasTo(100);
        assertEquals(Optional.empty(), stored("TickStream", "Platform"));
        U128 before = issuance();

        block();
        assertLastUpgradeWasTo(101);
        assertStored(Bytes.hex(new byte[]{1, 0}), "TickStream", ":__STORAGE_VERSION__:");
        assertStored(Composition.TICK_STREAM.platform().bytes().hex(), "TickStream", "Platform");
        assertStored(Bytes.hex(new ScaleOutput().u32(100_000).toByteArray()), "TickStream", "Fee");
        TickStream ticks = NEW.pallets().tickStream().orElseThrow();
        assertEquals(EXISTENTIAL_DEPOSIT, NEW.pallets().balances().currency().balance(look(), ticks.pot()));
        assertEquals(before.plus(EXISTENTIAL_DEPOSIT), issuance());
        assertEquals(List.of(14L, 15L, 16L), Codecs.vec(Codecs.U32)
                .decodeAll(runtimeOf(state).call("Metadata_metadata_versions", new byte[0], look())));

        assertEquals(List.of(BAD_PROOF), block(byAlice(NEW, createStream(), 100)));
        U128 beforeFee = issuance();
        assertEquals(List.of(APPLIED), block(byAlice(NEW, createStream(), 101)));
        assertTrue(issuance().isLessThan(beforeFee), "fees are burned, and nothing is minted again");
        assertStored(Bytes.hex(new ScaleOutput().u64(1).toByteArray()), "TickStream", "NextStream");
    }

    @Test
    void setCodeTakesEffectWithTheNextBlock() throws Exception {
        block();
        assertEquals(100, versionNow());
        assertEquals(List.of(APPLIED), block(byRoot(new SystemCall.SetCode(Bytes.wrap(NEW.code())))));
        nonce++;
        assertUpgrades();
    }

    /** Of tick-stream only who takes the platform's share changes; sessions go by, and the authorities stay until the members are others. */
    @Test
    void aChainWithTickStreamGetsTheTownHall() throws Exception {
        block();
        block(byRoot(new SystemCall.SetCode(Bytes.wrap(NEW.code()))));
        nonce++;
        block();
        assertEquals(List.of(APPLIED), block(byAlice(NEW, createStream(), 101)));
        nonce++;
        assertEquals(List.of(APPLIED), block(byRoot(NEW, new SystemCall.SetCode(Bytes.wrap(WHOLE.code())))));
        nonce++;
        Optional<byte[]> authorities = stored("Aura", "Authorities");
        block();
        assertEquals(111, versionNow());
        assertLastUpgradeWasTo(111);
        assertStored(Bytes.hex(new byte[]{2, 0}), "Identity", ":__STORAGE_VERSION__:");
        assertStored(Composition.WHOLE.platform().bytes().hex(), "TickStream", "Platform");
        for (int i = 0; i < SESSION_AND_MORE; i++) {
            block();
        }
        assertArrayEquals(authorities.orElseThrow(), stored("Aura", "Authorities").orElseThrow());
        assertStored(Bytes.hex(new ScaleOutput().u32(1).toByteArray()), "Session", "CurrentIndex");
        assertEquals(List.of(APPLIED), block(byAlice(WHOLE, createStream(WHOLE), 111)));
        assertStored(Bytes.hex(new ScaleOutput().u64(2).toByteArray()), "TickStream", "NextStream");
    }

    /** As the stock runtime of 110 has none, there is no migration: who validates in sessions root says later. */
    @Test
    void theReferenceChainGetsTheTownHall() throws Exception {
        block();
        byte[] full = RecordedGenesis.state("full/dev.raw.json").top().get(WellKnownKeys.CODE.view()).orElseThrow();
        assertEquals(List.of(APPLIED), block(byRoot(new SystemCall.SetCodeWithoutChecks(Bytes.wrap(full)))));
        nonce++;
        for (int i = 0; i < SESSION_AND_MORE; i++) {
            block();
        }
        assertEquals(110, versionNow());
        assertLastUpgradeWasTo(110);
        assertStored(Bytes.hex(new ScaleOutput().u32(1).toByteArray()), "Session", "CurrentIndex");
    }

    /** Validators and their session stay; streams begin empty, and what they pay goes to the treasury. */
    @Test
    void aChainWithTheTownHallGetsTickStream() throws Exception {
        beginWith("full/dev.raw.json");
        for (int i = 0; i < SESSION_AND_MORE; i++) {
            block();
        }
        assertEquals(110, versionNow());
        assertEquals(List.of(APPLIED), block(byRoot(FULL, new SystemCall.SetCode(Bytes.wrap(WHOLE.code())))));
        nonce++;
        assertEquals(111, versionNow());
        assertEquals(Optional.empty(), stored("TickStream", "Platform"));
        Optional<byte[]> validators = stored("Session", "Validators");
        U128 before = issuance();
        block();
        assertLastUpgradeWasTo(111);
        assertStored(Bytes.hex(new byte[]{1, 0}), "TickStream", ":__STORAGE_VERSION__:");
        assertStored(Composition.WHOLE.platform().bytes().hex(), "TickStream", "Platform");
        assertEquals(before.plus(EXISTENTIAL_DEPOSIT), issuance(), "the pot's");
        for (int i = 0; i < SESSION_AND_MORE; i++) {
            block();
        }
        assertStored(Bytes.hex(new ScaleOutput().u32(2).toByteArray()), "Session", "CurrentIndex");
        assertArrayEquals(validators.orElseThrow(), stored("Session", "Validators").orElseThrow());
        assertEquals(List.of(APPLIED), block(byAlice(WHOLE, createStream(WHOLE), 111)));
        assertStored(Bytes.hex(new ScaleOutput().u64(1).toByteArray()), "TickStream", "NextStream");
    }

    @Test
    void anAuthorisedUpgradeMayBeBroughtByAnyone() throws Exception {
        Bytes code = Bytes.wrap(NEW.code());
        byte[] bring = encoded(OLD,
                OLD.pallets().runtime().call(OLD.pallets().system(), new SystemCall.ApplyAuthorizedUpgrade(code)));
        assertEquals(List.of("0x010000"), block(bare(bring)));
        assertEquals(List.of(APPLIED),
                block(byRoot(new SystemCall.AuthorizeUpgrade(Hash.wrap(Blake2b.hash256(code.view()))))));
        nonce++;
        assertEquals(100, versionNow());
        assertEquals(List.of(APPLIED), block(bare(bring)));
        assertUpgrades();
    }

    @Test
    void codeOfTheSameOrAnotherChainIsRefused() throws Exception {
        Bytes own = Bytes.wrap(state.top().get(WellKnownKeys.CODE.view()).orElseThrow());
        assertEquals(List.of("0x0000"), block(byRoot(new SystemCall.SetCode(own))));
        nonce++;
        block();
        assertEquals(100, versionNow());
        assertLastUpgradeWasTo(100);
    }
}
