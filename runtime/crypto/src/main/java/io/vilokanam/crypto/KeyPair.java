package io.vilokanam.crypto;

import java.util.Optional;

/** A secret key and its public key, whichever the scheme. Immutable; any thread may sign. */
public interface KeyPair {

    /** A copy of the public key: 32 bytes, for ecdsa 33. */
    byte[] publicKey();

    /**
     * Signs the bytes as they are. The signature is the same each time.
     *
     * @return 64 bytes, for ecdsa 65
     */
    byte[] sign(byte[] message);

    /** A copy of the 32 bytes this pair was made of; empty for an sr25519 key that came out of a soft derivation. */
    Optional<byte[]> seed();
}
