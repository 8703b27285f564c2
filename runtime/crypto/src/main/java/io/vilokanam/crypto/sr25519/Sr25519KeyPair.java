package io.vilokanam.crypto.sr25519;

import java.security.SecureRandom;
import java.util.Optional;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.curve25519.BasePoint;
import io.vilokanam.crypto.curve25519.EdwardsPoint;
import io.vilokanam.crypto.curve25519.Scalar;
import io.vilokanam.crypto.hash.Sha2;

/** A secret scalar with the nonce seed that belongs to it, and the public key. */
public final class Sr25519KeyPair implements KeyPair {

    /** Bytes of a mini secret, what Substrate calls the seed. */
    public static final int MINI_SECRET = 32;
    /** Bytes of an expanded secret. */
    public static final int SECRET = 64;

    private static final byte[] SIGNING = Transcript.label("signing");
    private static final byte[] HDKD_SECRET_KEY = Transcript.label("secret-key");
    private static final byte[] HDKD_HARD = Transcript.label("HDKD-hard");
    private static final byte[] HDKD_NONCE = Transcript.label("HDKD-nonce");
    private static final int NONCE = 32;
    private static final byte[] NO_RANDOM = new byte[32];

    private final Scalar scalar;
    private final byte[] nonce;
    private final byte[] publicKey;
    private final Optional<byte[]> miniSecret;

    private Sr25519KeyPair(Scalar scalar, byte[] nonce, Optional<byte[]> miniSecret) {
        this.miniSecret = miniSecret;
        this.scalar = scalar;
        this.nonce = nonce;
        this.publicKey = BasePoint.multiply(scalar).encodeRistretto();
    }

    /** The pair of a mini secret, expanded as an Ed25519 seed. */
    public static Sr25519KeyPair fromMiniSecret(byte[] miniSecret) {
        require(miniSecret, MINI_SECRET, "mini secret");
        byte[] hash = Sha2.hash512(miniSecret);
        hash[0] &= (byte) 248;
        hash[31] &= 63;
        hash[31] |= 64;
        return ofExpanded(hash, Optional.of(miniSecret.clone()));
    }

    /** The pair of {@link #secret()}: 8 times the scalar, then the nonce seed. */
    public static Sr25519KeyPair fromSecret(byte[] secret) {
        require(secret, SECRET, "secret");
        return ofExpanded(secret, Optional.empty());
    }

    private static Sr25519KeyPair ofExpanded(byte[] secret, Optional<byte[]> miniSecret) {
        byte[] scalar = new byte[32];
        for (int i = 0; i < 32; i++) {
            int above = i < 31 ? secret[i + 1] & 255 : 0;
            scalar[i] = (byte) ((secret[i] & 255) >>> 3 | above << 5);
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(secret, 32, nonce, 0, NONCE);
        return new Sr25519KeyPair(Scalar.reduce(scalar), nonce, miniSecret);
    }

    /** 64 bytes: 8 times the scalar in little endian, as an Ed25519 secret would stand there, and the nonce seed. */
    public byte[] secret() {
        byte[] out = new byte[SECRET];
        byte[] bytes = scalar.bytes();
        for (int i = 0; i < 32; i++) {
            int below = i > 0 ? bytes[i - 1] & 255 : 0;
            out[i] = (byte) (bytes[i] << 3 | below >>> 5);
        }
        System.arraycopy(nonce, 0, out, 32, NONCE);
        return out;
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public Optional<byte[]> seed() {
        return miniSecret.map(byte[]::clone);
    }

    /** {@inheritDoc} The witness comes from the nonce seed and the transcript alone. */
    @Override
    public byte[] sign(byte[] message) {
        return sign(message, NO_RANDOM);
    }

    /** Signs with fresh randomness in the witness besides the nonce seed, as schnorrkel does. */
    public byte[] sign(byte[] message, SecureRandom random) {
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        return sign(message, fresh);
    }

    private byte[] sign(byte[] message, byte[] random) {
        Transcript transcript = Sr25519.signing(publicKey, message);
        Scalar r = transcript.witnessScalar(SIGNING, nonce, random);
        EdwardsPoint point = BasePoint.multiply(r);
        byte[] encoded = point.encodeRistretto();
        transcript.append(Sr25519.SIGN_R, encoded);
        Scalar s = transcript.challengeScalar(Sr25519.SIGN_C).multiplyAdd(scalar, r);
        byte[] signature = new byte[Sr25519.SIGNATURE];
        System.arraycopy(encoded, 0, signature, 0, 32);
        System.arraycopy(s.bytes(), 0, signature, 32, 32);
        signature[63] |= (byte) Sr25519.MARKER;
        return signature;
    }

    /** The pair of the hard derivation by a chain code of 32 bytes: it needs the secret key. */
    public Sr25519KeyPair hard(byte[] chainCode) {
        Sr25519.requireChainCode(chainCode);
        Transcript transcript = Sr25519.derivation(chainCode);
        transcript.append(HDKD_SECRET_KEY, scalar.bytes());
        return fromMiniSecret(transcript.challenge(HDKD_HARD, MINI_SECRET));
    }

    /** The pair of the soft derivation by a chain code of 32 bytes: its public key follows from this public key. */
    public Sr25519KeyPair soft(byte[] chainCode) {
        Sr25519.requireChainCode(chainCode);
        Scalar added = Sr25519.softScalar(publicKey, chainCode);
        Transcript transcript = Sr25519.derivation(chainCode);
        byte[] childNonce = transcript.witnessScalar(HDKD_NONCE, secret(), NO_RANDOM).bytes();
        return new Sr25519KeyPair(scalar.add(added), childNonce, Optional.empty());
    }

    private static void require(byte[] bytes, int expected, String what) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes, expected " + expected);
        }
    }
}
