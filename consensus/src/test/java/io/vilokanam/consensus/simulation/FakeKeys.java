package io.vilokanam.consensus.simulation;

import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/**
 * Signatures for simulations, fast and worthless: blake2_512 of key and message. Nobody in a simulation signs with a
 * key that is not its own.
 */
final class FakeKeys {

    static final SignatureCheck CHECK = (signer, message, signature) -> sign(signer, message).equals(signature);

    private FakeKeys() {}

    static PublicKey key(int validator) {
        byte[] key = new byte[PublicKey.SIZE];
        key[0] = (byte) (validator + 1);
        return PublicKey.wrap(key);
    }

    static Bytes sign(PublicKey signer, byte[] message) {
        return Bytes.wrap(Blake2b.hash(64, signer.bytes().view(), message));
    }
}
