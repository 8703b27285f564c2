package io.vilokanam.crypto.sr25519;

import java.util.Optional;

import io.vilokanam.crypto.curve25519.BasePoint;
import io.vilokanam.crypto.curve25519.EdwardsPoint;
import io.vilokanam.crypto.curve25519.Scalar;
import io.vilokanam.crypto.curve25519.SchnorrEquation;

/**
 * Schnorr signatures over ristretto255 with Merlin transcripts, as schnorrkel makes them, in the signing context
 * {@code substrate}.
 */
public final class Sr25519 {

    public static final int PUBLIC_KEY = 32;
    public static final int SIGNATURE = 64;
    /** Bytes of a derivation's chain code. */
    public static final int CHAIN_CODE = 32;

    /** In the last byte of a signature: tells it from an Ed25519 one. */
    static final int MARKER = 0x80;

    static final byte[] SIGN_R = Transcript.label("sign:R");
    static final byte[] SIGN_C = Transcript.label("sign:c");
    static final byte[] HDKD_CHAIN_CODE = Transcript.label("chain-code");

    private static final Transcript CONTEXT = Transcript.signingContext("substrate");
    private static final Transcript DERIVATION = Transcript.protocol("SchnorrRistrettoHDKD").with(new byte[0]);
    private static final byte[] PROTOCOL_NAME = Transcript.label("proto-name");
    private static final byte[] PROTOCOL = Transcript.label("Schnorr-sig");
    private static final byte[] SIGN_PUBLIC_KEY = Transcript.label("sign:pk");
    private static final byte[] HDKD_PUBLIC_KEY = Transcript.label("public-key");
    private static final byte[] HDKD_SCALAR = Transcript.label("HDKD-scalar");

    private Sr25519() {}

    /**
     * Whether {@code signature} is one of {@code publicKey} for the bytes {@code message}. A key or signature of
     * another length, one that is no point, a scalar of L and above or an unmarked signature are invalid. The
     * all-zero public key is a point as any other.
     */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Optional<SchnorrEquation> equation = equation(publicKey, message, signature);
        return equation.isPresent() && equation.get().holds();
    }

    /** What the signature claims, for a batch; empty where it is malformed and so invalid. */
    public static Optional<SchnorrEquation> equation(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY || signature.length != SIGNATURE || (signature[63] & MARKER) == 0) {
            return Optional.empty();
        }
        byte[] rBytes = new byte[32];
        byte[] sBytes = new byte[32];
        System.arraycopy(signature, 0, rBytes, 0, 32);
        System.arraycopy(signature, 32, sBytes, 0, 32);
        sBytes[31] &= 0x7f;
        Optional<Scalar> s = Scalar.canonical(sBytes, 0);
        if (s.isEmpty()) {
            return Optional.empty();
        }
        Optional<EdwardsPoint> a = EdwardsPoint.decodeRistretto(publicKey, 0);
        if (a.isEmpty()) {
            return Optional.empty();
        }
        Optional<EdwardsPoint> r = EdwardsPoint.decodeRistretto(rBytes, 0);
        if (r.isEmpty()) {
            return Optional.empty();
        }
        Transcript transcript = signing(publicKey, message);
        transcript.append(SIGN_R, rBytes);
        return Optional.of(new SchnorrEquation(s.get(), transcript.challengeScalar(SIGN_C), a.get(), r.get()));
    }

    /**
     * The public key of the soft derivation by {@code chainCode}, of the same key that {@link Sr25519KeyPair#soft}
     * gives; empty where {@code publicKey} is no point.
     */
    public static Optional<byte[]> soft(byte[] publicKey, byte[] chainCode) {
        requireChainCode(chainCode);
        if (publicKey.length != PUBLIC_KEY) {
            return Optional.empty();
        }
        return EdwardsPoint.decodeRistretto(publicKey, 0)
                .map(point -> point.plus(BasePoint.multiply(softScalar(publicKey, chainCode))).encodeRistretto());
    }

    /** The transcript of a signature up to the public key. */
    static Transcript signing(byte[] publicKey, byte[] message) {
        Transcript transcript = CONTEXT.with(message);
        transcript.append(PROTOCOL_NAME, PROTOCOL);
        transcript.append(SIGN_PUBLIC_KEY, publicKey);
        return transcript;
    }

    /** What a soft derivation adds to the secret scalar. */
    static Scalar softScalar(byte[] publicKey, byte[] chainCode) {
        Transcript transcript = derivation(chainCode);
        transcript.append(HDKD_PUBLIC_KEY, publicKey);
        return transcript.challengeScalar(HDKD_SCALAR);
    }

    /** The transcript of a derivation up to the chain code. */
    static Transcript derivation(byte[] chainCode) {
        Transcript transcript = DERIVATION.copy();
        transcript.append(HDKD_CHAIN_CODE, chainCode);
        return transcript;
    }

    static void requireChainCode(byte[] chainCode) {
        if (chainCode.length != CHAIN_CODE) {
            throw new IllegalArgumentException("chain code of " + chainCode.length + " bytes, expected " + CHAIN_CODE);
        }
    }
}
