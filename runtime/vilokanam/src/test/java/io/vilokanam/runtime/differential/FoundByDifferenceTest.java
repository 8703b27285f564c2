package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.Hash;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Hex;

/** What random chains found to differ once: the stock runtime's answers, to be checked without it. */
class FoundByDifferenceTest {

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(100);
    private final HostExternalities ext = new HostExternalities(
            new StorageOverlay(RecordedGenesis.state("dev.raw.json"), StateVersion.V1),
            HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));

    private String call(String method, String arguments) throws RuntimeTrap {
        return Hex.encode(runtime.call(method, Hex.decode(arguments), ext));
    }

    @Test
    void bytesBehindTheTimestampOfInherentDataAreIgnored() throws Exception {
        assertEquals("0x043005010013605f09103b28e856",
                call("BlockBuilder_inherent_extrinsics", "0x0474696d737461703024605f09103b28e856cd"));
    }

    @Test
    void noBareCallOfGrandpaIsValid() throws Exception {
        runtime.call("Core_initialize_block", RandomChain.start(Hash.ZERO, 1, RandomChain.FIRST_SLOT), ext);
        String noteStalled = "0x2c0403025300000005000000";
        assertEquals("0x010000", call("BlockBuilder_apply_extrinsic", noteStalled));
        assertEquals("0x010000", call("TaggedTransactionQueue_validate_transaction",
                "0x02" + noteStalled.substring(2) + "00".repeat(Hash.SIZE)));
    }

    @Test
    void inherentsOfABlockWithAMalformedExtrinsicAreNotChecked() {
        byte[] header = RandomChain.start(Hash.ZERO, 1, RandomChain.FIRST_SLOT);
        byte[] arguments = new ScaleOutput().raw(header).compact(2).raw(RandomQueries.timestamp(5_000))
                .bytes(new byte[]{(byte) 0xff}).compact(1).raw(Bytes.ascii("timstap0").view())
                .bytes(new ScaleOutput().u64(0).toByteArray()).toByteArray();
        assertThrows(RuntimeTrap.class, () -> runtime.call("BlockBuilder_check_inherents", arguments, ext));
    }

    @Test
    void aChangeWhoseDelayOverflowsTakesEffectWhereTheSumWraps() throws Exception {
        byte[] pendingChange = Hex.decode("0x5f9cc45b7a00c5899361e1c6099678dc2ff65991b1c915dd6cc8d4825eacfcb4");
        runtime.call("Core_initialize_block", RandomChain.start(Hash.ZERO, 1, RandomChain.FIRST_SLOT), ext);
        runtime.call("BlockBuilder_apply_extrinsic",
                RandomQueries.timestamp(RandomChain.FIRST_SLOT * RandomChain.SLOT_MILLIS),
                ext);
        ext.put(pendingChange, new ScaleOutput().u32(2).u32(0xffff_ffffL).compact(0).u8(0).toByteArray());
        runtime.call("BlockBuilder_finalize_block", new byte[0], ext);
        assertEquals(false, ext.exists(pendingChange));
    }

    /** Where no set is stored, none is asked for. */
    @Test
    void noBlockBeginsWithAnEmptyAuthoritySet() throws Exception {
        byte[] key = Hex.decode("0x57f8dc2f5ab09467896f47300f0424385e0621c4869aa60c02be9adcc98a0d1d");
        byte[] start = RandomChain.start(Hash.ZERO, 1, RandomChain.FIRST_SLOT);
        ext.put(key, new byte[1]);
        assertThrows(RuntimeTrap.class, () -> runtime.call("Core_initialize_block", start, ext));
        ext.delete(key);
        assertEquals("0x00",
                call("Core_initialize_block", Hex.encode(RandomChain.start(Hash.ZERO, 1, RandomChain.FIRST_SLOT + 1))));
    }

    /** Root may write more authorities than there may be; they are read as none, but make no empty set. */
    @Test
    void moreAuthoritiesThanThereMayBeAreNone() throws Exception {
        byte[] key = Hex.decode("0x57f8dc2f5ab09467896f47300f0424385e0621c4869aa60c02be9adcc98a0d1d");
        ext.put(key, new ScaleOutput().compact(32).raw(new byte[32 * 32]).toByteArray());
        assertEquals("0x80" + "00".repeat(32 * 32), call("AuraApi_authorities", "0x"));
        ext.put(key, new ScaleOutput().compact(33).raw(new byte[33 * 32]).toByteArray());
        assertEquals("0x00", call("AuraApi_authorities", "0x"));
        assertEquals("0x00",
                call("Core_initialize_block", Hex.encode(RandomChain.start(Hash.ZERO, 1, RandomChain.FIRST_SLOT))));
    }

    @Test
    void genesisIsNotBuiltOverAuthorities() {
        byte[] configuration = """
                {"system":{},"aura":{"authorities":["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"]},\
                "grandpa":{"authorities":[]},"balances":{"balances":[],"devAccounts":null},\
                "transactionPayment":{"multiplier":"1000000000000000000"},"sudo":{"key":null}}"""
                .getBytes(StandardCharsets.UTF_8);
        byte[] arguments = new ScaleOutput().bytes(configuration).toByteArray();
        assertThrows(RuntimeTrap.class, () -> runtime.call("GenesisBuilder_build_state", arguments, ext));
    }
}
