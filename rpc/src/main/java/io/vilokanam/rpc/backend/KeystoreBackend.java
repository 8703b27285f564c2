package io.vilokanam.rpc.backend;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.scale.Bytes;

/** The keys that the node signs with. */
public interface KeystoreBackend {

    /**
     * Stores the secret of a key under the public key as given; whether they belong together is not checked, as in Substrate.
     *
     * @throws KeystoreException if the keystore cannot be written
     */
    void insert(KeyTypeId type, String suri, Bytes publicKey) throws KeystoreException;

    boolean has(KeyTypeId type, Bytes publicKey) throws KeystoreException;

    /** Makes new session keys through {@code SessionKeys_generate_session_keys} at a block; SCALE of all public keys. */
    Bytes generateSessionKeys(Hash block) throws StateUnavailableException, RuntimeTrap, KeystoreException;
}
