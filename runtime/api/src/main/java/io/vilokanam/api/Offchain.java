package io.vilokanam.api;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.KeyTypeId;

/** What only off-chain workers may use ({@code ext_offchain}, {@code ext_crypto}): nothing of it may reach a block's state. */
public interface Offchain {

    /** Hands an extrinsic (with its length in front) to the pool as local; false where the pool refuses it. */
    boolean submitTransaction(byte[] extrinsic);

    /** Milliseconds since 1970. */
    long timestamp();

    /** 32 random bytes. */
    byte[] randomSeed();

    Optional<byte[]> localGet(byte[] key);

    void localSet(byte[] key, byte[] value);

    void localClear(byte[] key);

    /** Sets {@code value} if the key holds {@code expected} (empty: nothing); says whether it did. */
    boolean localCompareAndSet(byte[] key, Optional<byte[]> expected, byte[] value);

    /** The 32-byte sr25519 public keys of this type in the keystore. */
    List<byte[]> sr25519PublicKeys(KeyTypeId type);

    /** Signs with a key of the keystore; empty where the keystore does not hold it. */
    Optional<byte[]> sr25519Sign(KeyTypeId type, byte[] publicKey, byte[] message);
}
