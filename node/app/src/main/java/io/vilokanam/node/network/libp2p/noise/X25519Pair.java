package io.vilokanam.node.network.libp2p.noise;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.random.RandomGenerator;

import javax.crypto.KeyAgreement;

/** A Diffie-Hellman key pair on curve25519 (RFC 7748). */
public final class X25519Pair {

    /** Bytes of a secret and of a public key. */
    public static final int KEY = 32;

    private static final String ALGORITHM = "X25519";
    /** DER in front of a public key of 32 bytes, RFC 8410. */
    private static final byte[] PUBLIC_DER = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00};
    /** DER in front of a secret key of 32 bytes, RFC 8410. */
    private static final byte[] SECRET_DER = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e,
            0x04, 0x22,
            0x04, 0x20};

    private final PrivateKey secret;
    private final byte[] publicKey;

    private X25519Pair(PrivateKey secret, byte[] publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    public static X25519Pair fresh(RandomGenerator random) {
        byte[] secret = new byte[KEY];
        random.nextBytes(secret);
        return ofSecret(secret);
    }

    static X25519Pair ofSecret(byte[] secret) {
        byte[] basePoint = new byte[KEY];
        basePoint[0] = 9;
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(join(SECRET_DER, secret)));
            return new X25519Pair(key, agree(key, basePoint));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("any 32 bytes are a secret and the base point is a good point", e);
        }
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /** The secret shared with the owner of a public key. */
    byte[] agree(byte[] other) throws NoiseException {
        try {
            return agree(secret, other);
        } catch (InvalidKeyException e) {
            throw new NoiseException("public key of low order");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has X25519", e);
        }
    }

    private static byte[] agree(PrivateKey secret, byte[] other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
        agreement.init(secret);
        agreement.doPhase(
                KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(join(PUBLIC_DER, other))),
                true);
        return agreement.generateSecret();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
