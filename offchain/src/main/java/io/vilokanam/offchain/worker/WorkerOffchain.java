package io.vilokanam.offchain.worker;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.vilokanam.api.Offchain;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/**
 * What one run of a runtime's off-chain worker may use. A run that asks for more than its limits is ended: the exception goes
 * through the runtime to whoever called it.
 */
final class WorkerOffchain implements Offchain {

    static final int LOCAL_KEY_MAX = 1_024;
    static final int LOCAL_VALUE_MAX = 1 << 20;
    static final int LOCAL_WRITES_MAX = 4_096;
    static final int SUBMISSIONS_MAX = 64;

    private static final int SEED = 32;

    private final LocalStore store;
    private final TransactionSink pool;
    private final SigningKeys keys;
    private final InstantSource clock;
    private final RandomGenerator random;
    private int writes;
    private int submissions;

    WorkerOffchain(LocalStore store, TransactionSink pool, SigningKeys keys, InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.pool = pool;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public boolean submitTransaction(byte[] extrinsic) {
        return ++submissions <= SUBMISSIONS_MAX && pool.submit(extrinsic);
    }

    @Override
    public long timestamp() {
        return clock.millis();
    }

    @Override
    public byte[] randomSeed() {
        byte[] seed = new byte[SEED];
        random.nextBytes(seed);
        return seed;
    }

    @Override
    public Optional<byte[]> localGet(byte[] key) {
        return store.get(storageKey(key)).map(Bytes::toArray);
    }

    @Override
    public void localSet(byte[] key, byte[] value) {
        if (value.length > LOCAL_VALUE_MAX) {
            throw new IllegalArgumentException(
                    "value of " + value.length + " bytes in local storage, at most " + LOCAL_VALUE_MAX);
        }
        write(key, Optional.of(Bytes.copyOf(value)));
    }

    @Override
    public void localClear(byte[] key) {
        write(key, Optional.empty());
    }

    /** Off-chain workers never run at the same time, so nobody comes between reading and writing. */
    @Override
    public boolean localCompareAndSet(byte[] key, Optional<byte[]> expected, byte[] value) {
        Optional<byte[]> found = localGet(key);
        boolean isAsExpected = found.isPresent() == expected.isPresent()
                && (found.isEmpty() || Arrays.equals(found.get(), expected.get()));
        if (isAsExpected) {
            localSet(key, value);
        }
        return isAsExpected;
    }

    private void write(byte[] key, Optional<Bytes> value) {
        if (++writes > LOCAL_WRITES_MAX) {
            throw new IllegalStateException("more than " + LOCAL_WRITES_MAX + " writes to local storage in one run");
        }
        store.write(List.of(new LocalStore.Change(storageKey(key), value)));
    }

    private static Bytes storageKey(byte[] key) {
        if (key.length > LOCAL_KEY_MAX) {
            throw new IllegalArgumentException(
                    "key of " + key.length + " bytes in local storage, at most " + LOCAL_KEY_MAX);
        }
        return WorkerStorage.key(Bytes.copyOf(key));
    }

    @Override
    public List<byte[]> sr25519PublicKeys(KeyTypeId type) {
        return keys.sr25519PublicKeys(type).stream().map(key -> key.bytes().toArray()).toList();
    }

    @Override
    public Optional<byte[]> sr25519Sign(KeyTypeId type, byte[] publicKey, byte[] message) {
        return keys.sr25519Sign(type, PublicKey.wrap(publicKey.clone()), Bytes.copyOf(message)).map(Bytes::toArray);
    }
}
