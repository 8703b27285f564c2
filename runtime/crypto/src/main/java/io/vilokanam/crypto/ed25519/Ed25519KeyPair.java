package io.vilokanam.crypto.ed25519;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.curve25519.BasePoint;
import io.vilokanam.crypto.curve25519.Scalar;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Sha2;

/** An Ed25519 seed with what follows from it (RFC 8032, section 5.1.5). */
public final class Ed25519KeyPair implements KeyPair {

    public static final int SEED = 32;

    /** The compact length 11 and the domain of Substrate's hard derivation, as SCALE string. */
    private static final byte[] DERIVATION = {11 << 2, 'E', 'd', '2', '5', '5', '1', '9', 'H', 'D', 'K', 'D'};

    private final byte[] seed;
    private final Scalar scalar;
    private final byte[] prefix;
    private final byte[] publicKey;

    private Ed25519KeyPair(byte[] seed) {
        this.seed = seed;
        byte[] hash = Sha2.hash512(seed);
        this.prefix = Arrays.copyOfRange(hash, 32, 64);
        byte[] clamped = Arrays.copyOf(hash, 32);
        clamped[0] &= (byte) 248;
        clamped[31] &= 127;
        clamped[31] |= 64;
        this.scalar = Scalar.reduce(clamped);
        this.publicKey = BasePoint.multiply(scalar).encodeEd25519();
    }

    /** The pair of a seed of 32 bytes. */
    public static Ed25519KeyPair fromSeed(byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes, expected " + SEED);
        }
        return new Ed25519KeyPair(seed.clone());
    }

    @Override
    public Optional<byte[]> seed() {
        return Optional.of(seed.clone());
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] witness = Arrays.copyOf(prefix, 32 + message.length);
        System.arraycopy(message, 0, witness, 32, message.length);
        Scalar r = Scalar.reduce(Sha2.hash512(witness));
        byte[] signature = Arrays.copyOf(BasePoint.multiply(r).encodeEd25519(), Ed25519.SIGNATURE);
        Scalar s = Ed25519.challenge(signature, publicKey, message).multiplyAdd(scalar, r);
        System.arraycopy(s.bytes(), 0, signature, 32, 32);
        return signature;
    }

    /** The pair of Substrate's hard derivation by a chain code of 32 bytes. Ed25519 has no soft one. */
    public Ed25519KeyPair hard(byte[] chainCode) {
        return fromSeed(Blake2b.hash(SEED, DERIVATION, seed, chainCode));
    }
}
