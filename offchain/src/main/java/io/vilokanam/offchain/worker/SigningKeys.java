package io.vilokanam.offchain.worker;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/** The sr25519 keys of the node's keystore. */
public interface SigningKeys {

    List<PublicKey> sr25519PublicKeys(KeyTypeId type);

    /** A signature of 64 bytes; empty where the keystore does not hold the key. */
    Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey key, Bytes message);
}
