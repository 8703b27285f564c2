package io.vilokanam.consensus;

import java.util.Arrays;

import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/** The real signature schemes, for tests. */
public final class TestKeys {

    public static final SignatureCheck ED25519 = (signer, message, signature) -> Ed25519.verify(signer.bytes().view(),
            message, signature.view());

    public static final SignatureCheck SR25519 = (signer, message, signature) -> Sr25519.verify(signer.bytes().view(),
            message, signature.view());

    private TestKeys() {}

    /** An ed25519 pair whose seed is all {@code index + 1}. */
    public static Ed25519KeyPair ed25519(int index) {
        byte[] seed = new byte[Ed25519KeyPair.SEED];
        Arrays.fill(seed, (byte) (index + 1));
        return Ed25519KeyPair.fromSeed(seed);
    }

    public static PublicKey key(Ed25519KeyPair pair) {
        return PublicKey.wrap(pair.publicKey());
    }

    public static Bytes sign(Ed25519KeyPair pair, byte[] message) {
        return Bytes.wrap(pair.sign(message));
    }
}
