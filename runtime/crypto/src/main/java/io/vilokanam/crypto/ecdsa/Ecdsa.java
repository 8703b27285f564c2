package io.vilokanam.crypto.ecdsa;

import java.math.BigInteger;
import java.util.Arrays;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

import io.vilokanam.crypto.ecdsa.RecoveryException.Reason;
import io.vilokanam.crypto.hash.Blake2b;

/**
 * ECDSA over secp256k1 with recoverable signatures: r, s (32 bytes each, big endian) and the recovery id. High s is
 * accepted.
 */
public final class Ecdsa {

    /** Bytes of a compressed public key. */
    public static final int PUBLIC_KEY = 33;
    public static final int SIGNATURE = 65;
    /** Bytes of what is signed. */
    public static final int HASH = 32;

    static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    static final BigInteger ORDER = CURVE.getN();

    private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();
    /** Ethereum's way to write recovery id 0. */
    private static final int ETHEREUM_ID = 27;
    private static final int RECOVERY_IDS = 4;

    private Ecdsa() {}

    /**
     * Whether the signature over blake2_256 of {@code message} recovers to {@code publicKey}, as a pair verifies: the
     * recovery id is 0 to 3. A {@code MultiSignature} instead goes through {@link #recoverCompressed}.
     */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return verifyPrehashed(publicKey, Blake2b.hash256(message), signature);
    }

    /** As {@link #verify} over a hash of 32 bytes. */
    public static boolean verifyPrehashed(byte[] publicKey, byte[] hash, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY || signature.length != SIGNATURE || (signature[64] & 255) >= RECOVERY_IDS) {
            return false;
        }
        try {
            return Arrays.equals(publicKey, recoverCompressed(signature, hash));
        } catch (RecoveryException e) {
            // Not a key's signature at all: the same answer as another key's.
            return false;
        }
    }

    /** The compressed public key, 33 bytes; the recovery id is 0 to 3 or 27 to 30. */
    public static byte[] recoverCompressed(byte[] signature, byte[] hash) throws RecoveryException {
        return recoverPoint(signature, hash).getEncoded(true);
    }

    /** The public key as x and y, 64 bytes; the recovery id is 0 to 3 or 27 to 30. */
    public static byte[] recover(byte[] signature, byte[] hash) throws RecoveryException {
        byte[] encoded = recoverPoint(signature, hash).getEncoded(false);
        return Arrays.copyOfRange(encoded, 1, encoded.length);
    }

    private static ECPoint recoverPoint(byte[] signature, byte[] hash) throws RecoveryException {
        if (signature.length != SIGNATURE || hash.length != HASH) {
            throw new IllegalArgumentException("signature of " + signature.length + " bytes and hash of " + hash.length
                    + " bytes, expected " + SIGNATURE + " and " + HASH);
        }
        int last = signature[64] & 255;
        int id = last >= ETHEREUM_ID ? last - ETHEREUM_ID : last;
        if (id >= RECOVERY_IDS) {
            throw new RecoveryException(Reason.BAD_V, "recovery id " + last + ", expected 0 to 3 or 27 to 30");
        }
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        if (r.compareTo(ORDER) >= 0 || s.compareTo(ORDER) >= 0) {
            throw new RecoveryException(Reason.BAD_RS, "r or s of the signature is not below the group's order");
        }
        if (r.signum() == 0 || s.signum() == 0) {
            throw new RecoveryException(Reason.BAD_SIGNATURE, "r or s of the signature is zero");
        }
        BigInteger x = (id & 2) == 0 ? r : r.add(ORDER);
        if (x.compareTo(FIELD) >= 0) {
            throw new RecoveryException(Reason.BAD_SIGNATURE, "r plus the order is no coordinate");
        }
        BigInteger inverse = r.modInverse(ORDER);
        BigInteger ofBase = new BigInteger(1, hash).negate().multiply(inverse).mod(ORDER);
        BigInteger ofR = s.multiply(inverse).mod(ORDER);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofBase, lift(x, (id & 1) != 0), ofR).normalize();
        if (key.isInfinity()) {
            throw new RecoveryException(Reason.BAD_SIGNATURE, "the recovered key is the point at infinity");
        }
        return key;
    }

    /** The point with this x whose y is odd or even. */
    private static ECPoint lift(BigInteger x, boolean odd) throws RecoveryException {
        ECCurve curve = CURVE.getCurve();
        var fieldX = curve.fromBigInteger(x);
        var y = fieldX.square().add(curve.getA()).multiply(fieldX).add(curve.getB()).sqrt();
        if (y == null) {
            throw new RecoveryException(Reason.BAD_SIGNATURE, "r of the signature is no point's coordinate");
        }
        return curve.createPoint(x, (y.testBitZero() == odd ? y : y.negate()).toBigInteger());
    }
}
