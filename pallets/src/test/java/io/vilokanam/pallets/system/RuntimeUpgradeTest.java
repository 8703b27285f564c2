package io.vilokanam.pallets.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.frame.executive.Executive;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;

/** The first block of another runtime; the stock runtime weighs it so when its state names an older version. */
class RuntimeUpgradeTest {

    private static final Header FIRST = new Header(SmallRuntime.hash(0), 1, Hash.ZERO, Hash.ZERO, Digest.EMPTY);
    private static final long READ = 25_000_000;
    private static final long WRITE = 100_000_000;

    private final SmallRuntime runtime = new SmallRuntime();
    private final InMemoryExternalities ext = runtime.ext;
    private final Executive executive = new Executive(runtime.scope, runtime.system, runtime.extensions);
    private final PalletScope payment = runtime.scope.slotOf(runtime.payment).scope();

    @BeforeEach
    void buildGenesis() {
        runtime.system.build(ext);
        runtime.payment.build(ext);
        ext.commitBlock();
    }

    private void olderRan() {
        PalletScope system = runtime.scope.slotOf(runtime.system).scope();
        byte[] key = system.storage().stream().filter(entry -> entry.item().equals("LastRuntimeUpgrade")).findFirst()
                .orElseThrow().prefix().view();
        ext.put(key, LastRuntimeUpgrade.CODEC
                .encode(LastRuntimeUpgrade
                        .to(new RuntimeVersion("vilokanam", "vilokanam", 1, 99, 1, List.of(), 1, 1))));
    }

    private long weightOfFirstBlock() {
        executive.initialiseBlock(ext, FIRST);
        return runtime.system.blockWeight(ext).mandatory().minus(new Weight(431_614_000L, 0)).refTime();
    }

    @Test
    void theSameRuntimeHasNothingToDo() {
        assertEquals(0, weightOfFirstBlock());
    }

    @Test
    void aNewRuntimeLooksForEachPalletOnce() {
        olderRan();
        assertEquals(2 * READ, weightOfFirstBlock());
        assertFalse(runtime.system.isUpgraded(ext));
    }

    @Test
    void aNewPalletGetsTheVersionOfItsStorage() {
        olderRan();
        ext.clearPrefix(payment.prefix().view(), -1);
        assertEquals(2 * READ + WRITE, weightOfFirstBlock());
        byte[] key = Bytes.fromHex(payment.prefix().hex() + "4e7b9012096b41c4eb3aaf947f6ea429").view();
        assertTrue(ext.get(key).filter(version -> Bytes.wrap(version).equals(Bytes.fromHex("0x0000"))).isPresent());
    }

    @Test
    void offchainWorkersKnowTheHashOfTheirBlock() {
        executive.offchainWorkers(ext, FIRST);
        assertEquals(Hash.wrap(ext.blake2b256(Header.CODEC.encode(FIRST))), runtime.system.blockHash(ext, 1));
    }
}
