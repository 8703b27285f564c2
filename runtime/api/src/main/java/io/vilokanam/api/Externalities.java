package io.vilokanam.api;

import java.util.Optional;

import io.vilokanam.primitives.KeyTypeId;

/** Everything a runtime may ask of its host during one call. One call, one thread. */
public interface Externalities extends Storage, ChildStorage, Hashing, Signatures {

    /** Present in calls that run beside the chain and may talk to the node. */
    Optional<Offchain> offchain();

    /** Generates and stores a key, from {@code seed} (a secret URI) where given: session keys. Empty without a keystore. */
    Optional<byte[]> generateKey(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed);

    /** The schemes that session keys use. */
    enum KeyScheme {
        SR25519, ED25519
    }

    /**
     * Reads the version out of a runtime's code without running the chain on it ({@code ext_misc_runtime_version}).
     *
     * @return a SCALE {@link io.vilokanam.primitives.version.RuntimeVersion}; empty where {@code code} is no runtime
     */
    Optional<byte[]> runtimeVersion(byte[] code);

    /**
     * Writes to the off-chain index ({@code ext_offchain_index_set}): a node that keeps one finds it in the local storage of its
     * off-chain workers once the block is imported. Taken back with the transaction that it is made in; no part of the state.
     */
    void offchainIndex(byte[] key, byte[] value);

    /** Writes to the node's log, at debug level. */
    void log(String target, String message);
}
