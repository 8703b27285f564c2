package io.vilokanam.offchain.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.Offchain;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.offchain.model.MapStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

final class OffchainWorkersTest {

    private static final SigningKeys NO_KEYS = new SigningKeys() {
        @Override
        public List<PublicKey> sr25519PublicKeys(KeyTypeId type) {
            return List.of();
        }

        @Override
        public Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey key, Bytes message) {
            return Optional.empty();
        }
    };

    private final MapStore store = new MapStore();
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());

    private static BestBlock block(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return new BestBlock(Hash.wrap(hash),
                new Header(Hash.ZERO, number, Hash.ZERO, Hash.ZERO, new Digest(List.of())));
    }

    private OffchainWorkers workers(RuntimeCalls runtime, BlockWorker... java) {
        return new OffchainWorkers(new OffchainWorkers.Parts(runtime, store, _ -> true, NO_KEYS, () -> Instant.EPOCH,
                new Random(1)), List.of(java));
    }

    private WorkerOffchain offchain(TransactionSink pool) {
        return new WorkerOffchain(store, pool, NO_KEYS, () -> Instant.ofEpochMilli(1_234), new Random(1));
    }

    private byte[] record(Hash block, String method, byte[] arguments, Optional<Offchain> offchain) {
        happened.add(method + " " + block.bytes().at(0) + " " + arguments.length + " " + offchain.isPresent());
        return new byte[0];
    }

    @Test
    void runsTheRuntimesWorkerWithTheHeaderAndThenTheJavaWorkers() {
        workers(this::record, block -> happened.add("java " + block.number())).runAt(block(7));
        int header = Header.CODEC.encode(block(7).header()).length;
        assertEquals(List.of("OffchainWorkerApi_offchain_worker 7 " + header + " true", "java 7"), happened);
    }

    @Test
    void aWorkerThatFailsDoesNotStopTheOthers() {
        RuntimeCalls trapping = (_, _, _, _) -> {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, "test");
        };
        workers(trapping, _ -> {
            throw new IllegalStateException("test");
        }, block -> happened.add("java " + block.number())).runAt(block(1));
        assertEquals(List.of("java 1"), happened);
    }

    @Test
    void skipsToTheNewestBlockWhenBehindAndNeverOverlaps() throws Exception {
        var first = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var last = new CountDownLatch(1);
        RuntimeCalls runtime = (_, _, _, _) -> new byte[0];
        try (OffchainWorkers workers = workers(runtime, block -> {
            happened.add("begin " + block.number());
            first.countDown();
            await(goOn);
            happened.add("end " + block.number());
            if (block.number() == 5) {
                last.countDown();
            }
        })) {
            workers.start();
            workers.onBestBlock(block(1));
            await(first);
            for (int number = 2; number <= 5; number++) {
                workers.onBestBlock(block(number));
            }
            goOn.countDown();
            await(last);
        }
        assertEquals(List.of("begin 1", "end 1", "begin 5", "end 5"), happened);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsLocalStorageUnderTheNameThatSubstrateGivesIt() {
        WorkerOffchain offchain = offchain(_ -> true);
        byte[] key = {1};
        assertTrue(offchain.localGet(key).isEmpty());
        offchain.localSet(key, new byte[]{2});
        assertArrayEquals(new byte[]{2}, offchain.localGet(key).orElseThrow());
        assertEquals(Optional.of(Bytes.wrap(new byte[]{2})), store.get(Bytes.fromHex("0x73746f7261676501")));
        offchain.localClear(key);
        assertTrue(offchain.localGet(key).isEmpty());
    }

    @Test
    void setsALocalValueOnlyWhereTheOldOneIsAsExpected() {
        WorkerOffchain offchain = offchain(_ -> true);
        byte[] key = {1};
        assertFalse(offchain.localCompareAndSet(key, Optional.of(new byte[]{9}), new byte[]{2}));
        assertTrue(offchain.localCompareAndSet(key, Optional.empty(), new byte[]{2}));
        assertFalse(offchain.localCompareAndSet(key, Optional.empty(), new byte[]{3}));
        assertFalse(offchain.localCompareAndSet(key, Optional.of(new byte[]{9}), new byte[]{3}));
        assertTrue(offchain.localCompareAndSet(key, Optional.of(new byte[]{2}), new byte[]{3}));
        assertArrayEquals(new byte[]{3}, offchain.localGet(key).orElseThrow());
    }

    @Test
    void holdsARunToItsLimits() {
        WorkerOffchain offchain = offchain(_ -> true);
        assertThrows(IllegalArgumentException.class,
                () -> offchain.localGet(new byte[WorkerOffchain.LOCAL_KEY_MAX + 1]));
        assertThrows(IllegalArgumentException.class,
                () -> offchain.localSet(new byte[1], new byte[WorkerOffchain.LOCAL_VALUE_MAX + 1]));
        for (int i = 0; i < WorkerOffchain.LOCAL_WRITES_MAX; i++) {
            offchain.localClear(new byte[1]);
        }
        assertThrows(IllegalStateException.class, () -> offchain.localClear(new byte[1]));
        for (int i = 0; i < WorkerOffchain.SUBMISSIONS_MAX; i++) {
            assertTrue(offchain.submitTransaction(new byte[1]));
        }
        assertFalse(offchain.submitTransaction(new byte[1]));
    }

    @Test
    void tellsTimeAndMakesSeedsFromWhatItWasGiven() {
        assertEquals(1_234, offchain(_ -> true).timestamp());
        byte[] seed = offchain(_ -> true).randomSeed();
        assertEquals(32, seed.length);
        assertArrayEquals(seed, offchain(_ -> true).randomSeed());
        assertFalse(offchain(_ -> false).submitTransaction(new byte[0]));
    }
}
