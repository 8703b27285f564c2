package io.vilokanam.api;

import java.util.List;
import java.util.Optional;

/** Signature checks of the host ({@code ext_crypto}); the host may have checked a block's signatures together before. */
public interface Signatures {

    /** Schnorr over ristretto255 in the context {@code substrate}: 64-byte signature, 32-byte key. */
    boolean sr25519Verify(byte[] signature, byte[] message, byte[] publicKey);

    /** Ed25519 by the rules of ZIP-215: 64-byte signature, 32-byte key. */
    boolean ed25519Verify(byte[] signature, byte[] message, byte[] publicKey);

    /** The 33-byte compressed key that made a 65-byte recoverable signature over a 32-byte hash; empty if there is none. */
    Optional<byte[]> secp256k1Recover(byte[] signature, byte[] hash);

    /**
     * The public key that a secret URI comes to, such as {@code //Sender//7}; empty if the text is none. Nothing is kept. Genesis
     * configurations name accounts so, whose keys everybody may know.
     *
     * @param uri UTF-8
     */
    Optional<byte[]> sr25519PublicKey(byte[] uri);

    /**
     * Announces checks that will be asked for soon, in this order, so that the host may do them together and on other
     * threads. Changes no answer: a check that was not announced is done when it is asked for.
     */
    default void announce(List<Request> requests) {}

    /** One check to come. */
    record Request(Scheme scheme, byte[] signature, byte[] message, byte[] publicKey) {}

    /** The schemes that can be checked in batches. */
    enum Scheme {
        SR25519, ED25519
    }
}
