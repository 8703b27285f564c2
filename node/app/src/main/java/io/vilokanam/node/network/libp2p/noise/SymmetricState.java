package io.vilokanam.node.network.libp2p.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What both sides of a handshake have agreed on so far: chaining key, hash of all that was said, key (Noise, section 5.2). */
final class SymmetricState {

    private static final byte[] PROTOCOL = "Noise_XX_25519_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);

    private byte[] chainingKey = PROTOCOL.clone();
    private byte[] hash = PROTOCOL.clone();
    private Optional<CipherState> cipher = Optional.empty();

    SymmetricState(byte[] prologue) {
        mixHash(prologue);
    }

    byte[] hash() {
        return hash.clone();
    }

    void mixHash(byte[] content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(hash);
            hash = sha256.digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void mixKey(byte[] secret) {
        byte[][] keys = derive(secret);
        chainingKey = keys[0];
        cipher = Optional.of(new CipherState(keys[1]));
    }

    byte[] sealAndHash(byte[] plain) {
        byte[] sealed = cipher.isPresent() ? cipher.get().seal(hash, plain, 0, plain.length) : plain;
        mixHash(sealed);
        return sealed;
    }

    byte[] openAndHash(byte[] sealed) throws NoiseException {
        byte[] plain = cipher.isPresent() ? cipher.get().open(hash, sealed, 0, sealed.length) : sealed;
        mixHash(sealed);
        return plain;
    }

    /** The keys of the two directions: first that of the initiator's messages. */
    CipherState[] split() {
        byte[][] keys = derive(new byte[0]);
        return new CipherState[]{new CipherState(keys[0]), new CipherState(keys[1])};
    }

    /** HKDF with two outputs. */
    private byte[][] derive(byte[] secret) {
        byte[] temporary = hmac(chainingKey, secret);
        byte[] first = hmac(temporary, new byte[]{1});
        byte[] more = Arrays.copyOf(first, first.length + 1);
        more[first.length] = 2;
        return new byte[][]{first, hmac(temporary, more)};
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
