package io.vilokanam.crypto.ecdsa;

import java.math.BigInteger;
import java.util.Optional;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Keccak;

/** A secp256k1 secret and its public key. Signatures are deterministic (RFC 6979 with SHA-256) and have a low s. */
public final class EcdsaKeyPair implements KeyPair {

    public static final int SEED = 32;

    /** The compact length 13 and the domain of Substrate's hard derivation, as SCALE string. */
    private static final byte[] DERIVATION = {13 << 2, 'S', 'e', 'c', 'p', '2', '5', '6', 'k', '1', 'H', 'D', 'K', 'D'};
    private static final BigInteger HALF_ORDER = Ecdsa.ORDER.shiftRight(1);

    private final byte[] seed;
    private final BigInteger secret;
    private final byte[] publicKey;

    private EcdsaKeyPair(byte[] seed, BigInteger secret) {
        this.seed = seed;
        this.secret = secret;
        this.publicKey = timesBase(secret).getEncoded(true);
    }

    /** The pair of a seed of 32 bytes; empty where it is zero or the group's order or above. */
    public static Optional<EcdsaKeyPair> fromSeed(byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes, expected " + SEED);
        }
        BigInteger secret = new BigInteger(1, seed);
        return secret.signum() == 0 || secret.compareTo(Ecdsa.ORDER) >= 0 ? Optional.empty()
                : Optional.of(new EcdsaKeyPair(seed.clone(), secret));
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public Optional<byte[]> seed() {
        return Optional.of(seed.clone());
    }

    /** {@inheritDoc} What is signed is blake2_256 of the message. */
    @Override
    public byte[] sign(byte[] message) {
        return signPrehashed(Blake2b.hash256(message));
    }

    /** Signs keccak_256 of the message, as Ethereum does. */
    public byte[] signKeccak(byte[] message) {
        return signPrehashed(Keccak.hash256(message));
    }

    /** Signs a hash of 32 bytes. */
    public byte[] signPrehashed(byte[] hash) {
        if (hash.length != Ecdsa.HASH) {
            throw new IllegalArgumentException("hash of " + hash.length + " bytes, expected " + Ecdsa.HASH);
        }
        BigInteger e = new BigInteger(1, hash);
        var witnesses = new HMacDSAKCalculator(new SHA256Digest());
        witnesses.init(Ecdsa.ORDER, secret, hash);
        while (true) {
            BigInteger k = witnesses.nextK();
            ECPoint point = timesBase(k);
            BigInteger x = point.getAffineXCoord().toBigInteger();
            BigInteger r = x.mod(Ecdsa.ORDER);
            BigInteger s = k.modInverse(Ecdsa.ORDER).multiply(e.add(secret.multiply(r))).mod(Ecdsa.ORDER);
            if (r.signum() == 0 || s.signum() == 0) {
                continue;
            }
            int id = (point.getAffineYCoord().testBitZero() ? 1 : 0) | (x.compareTo(Ecdsa.ORDER) >= 0 ? 2 : 0);
            if (s.compareTo(HALF_ORDER) > 0) {
                s = Ecdsa.ORDER.subtract(s);
                id ^= 1;
            }
            byte[] signature = new byte[Ecdsa.SIGNATURE];
            BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
            BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
            signature[64] = (byte) id;
            return signature;
        }
    }

    /** The pair of Substrate's hard derivation by a chain code of 32 bytes. There is no soft one. */
    public Optional<EcdsaKeyPair> hard(byte[] chainCode) {
        return fromSeed(Blake2b.hash(SEED, DERIVATION, seed, chainCode));
    }

    private static ECPoint timesBase(BigInteger k) {
        return new FixedPointCombMultiplier().multiply(Ecdsa.CURVE.getG(), k).normalize();
    }
}
