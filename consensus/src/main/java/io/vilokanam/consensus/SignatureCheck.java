package io.vilokanam.consensus;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/**
 * Checks a 64-byte signature of one scheme: sr25519 in the context {@code substrate} for Aura, ed25519 by the rules of
 * ZIP-215 for GRANDPA. A malformed key or signature is an invalid one, never an exception.
 */
@FunctionalInterface
public interface SignatureCheck {

    boolean verify(PublicKey signer, byte[] message, Bytes signature);
}
