package io.vilokanam.crypto.keys;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.ecdsa.Ecdsa;
import io.vilokanam.crypto.ecdsa.EcdsaKeyPair;
import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.crypto.sr25519.Sr25519KeyPair;

/** The three signature schemes of Substrate, in the order of {@code MultiSignature}'s variants. */
public enum Scheme {

    ED25519(0, Ed25519.PUBLIC_KEY, Ed25519.SIGNATURE), SR25519(1, Sr25519.PUBLIC_KEY, Sr25519.SIGNATURE), ECDSA(2,
            Ecdsa.PUBLIC_KEY, Ecdsa.SIGNATURE);

    private final int index;
    private final int publicKeyLength;
    private final int signatureLength;

    Scheme(int index, int publicKeyLength, int signatureLength) {
        this.index = index;
        this.publicKeyLength = publicKeyLength;
        this.signatureLength = signatureLength;
    }

    /** The variant's index in {@code MultiSignature} and {@code MultiSigner}. */
    public int index() {
        return index;
    }

    /** Bytes of a public key. */
    public int publicKeyLength() {
        return publicKeyLength;
    }

    /** Bytes of a signature. */
    public int signatureLength() {
        return signatureLength;
    }

    /** Whether the signature is the key's for the message; malformed input of any length is no. */
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return switch (this) {
            case ED25519 -> Ed25519.verify(publicKey, message, signature);
            case SR25519 -> Sr25519.verify(publicKey, message, signature);
            case ECDSA -> Ecdsa.verify(publicKey, message, signature);
        };
    }

    /**
     * The pair of a seed of 32 bytes.
     *
     * @throws KeyException where the seed has another length or is no secp256k1 scalar
     */
    public KeyPair fromSeed(byte[] seed) throws KeyException {
        if (seed.length != 32) {
            throw new KeyException("seed of " + seed.length + " bytes, expected 32");
        }
        return switch (this) {
            case ED25519 -> Ed25519KeyPair.fromSeed(seed);
            case SR25519 -> Sr25519KeyPair.fromMiniSecret(seed);
            case ECDSA -> EcdsaKeyPair.fromSeed(seed).orElseThrow(Scheme::notAScalar);
        };
    }

    /** What {@code junction} makes of {@code parent}, which is a pair of this scheme. */
    KeyPair derive(KeyPair parent, Junction junction) throws KeyException {
        byte[] chainCode = junction.chainCode();
        if (parent instanceof Sr25519KeyPair pair) {
            return junction.isHard() ? pair.hard(chainCode) : pair.soft(chainCode);
        }
        if (!junction.isHard()) {
            throw new KeyException("soft junction in the path, " + this + " knows hard ones only");
        }
        return switch (parent) {
            case Ed25519KeyPair pair -> pair.hard(chainCode);
            case EcdsaKeyPair pair -> pair.hard(chainCode).orElseThrow(Scheme::notAScalar);
            case KeyPair other -> throw new IllegalArgumentException(other.getClass() + " is no pair of " + this);
        };
    }

    private static KeyException notAScalar() {
        return new KeyException("the seed is zero or not below the order of secp256k1");
    }
}
