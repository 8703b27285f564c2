package io.vilokanam.crypto.ed25519;

import java.util.Optional;

import io.vilokanam.crypto.curve25519.EdwardsPoint;
import io.vilokanam.crypto.curve25519.Scalar;
import io.vilokanam.crypto.curve25519.SchnorrEquation;
import io.vilokanam.crypto.hash.Sha2;

/**
 * Ed25519 (RFC 8032), verified by the rules of ZIP-215: the equation times the cofactor; encodings of points may be
 * non-canonical and of small order; s must be below L.
 */
public final class Ed25519 {

    public static final int PUBLIC_KEY = 32;
    public static final int SIGNATURE = 64;

    private Ed25519() {}

    /**
     * Whether {@code signature} is one of {@code publicKey} for the bytes {@code message}; other lengths are invalid.
     */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Optional<SchnorrEquation> equation = equation(publicKey, message, signature);
        return equation.isPresent() && equation.get().holds();
    }

    /** What the signature claims, for a batch; empty where it is malformed and so invalid. */
    public static Optional<SchnorrEquation> equation(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY || signature.length != SIGNATURE) {
            return Optional.empty();
        }
        Optional<Scalar> s = Scalar.canonical(signature, 32);
        if (s.isEmpty()) {
            return Optional.empty();
        }
        Optional<EdwardsPoint> a = EdwardsPoint.decodeEd25519(publicKey, 0);
        if (a.isEmpty()) {
            return Optional.empty();
        }
        return EdwardsPoint.decodeEd25519(signature, 0)
                .map(r -> new SchnorrEquation(s.get(), challenge(signature, publicKey, message), a.get(), r));
    }

    /** The hash of R, which stands first in the signature, A and the message, modulo L. */
    static Scalar challenge(byte[] signature, byte[] publicKey, byte[] message) {
        byte[] joined = new byte[64 + message.length];
        System.arraycopy(signature, 0, joined, 0, 32);
        System.arraycopy(publicKey, 0, joined, 32, 32);
        System.arraycopy(message, 0, joined, 64, message.length);
        return Scalar.reduce(Sha2.hash512(joined));
    }
}
