package io.vilokanam.node.network.libp2p.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction's key and count of messages (Noise, section 5.1): ChaCha20-Poly1305 of RFC 8439 with a nonce of four zero bytes
 * and the count as u64 LE.
 */
public final class CipherState {

    /** How much longer a message gets by being sealed. */
    public static final int TAG = 16;

    private static final byte[] NO_DATA = {};
    private static final int NONCE = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private long count;

    CipherState(byte[] key) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        try {
            cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ChaCha20-Poly1305", e);
        }
    }

    /** A plain message as it goes on the wire, its tag behind it. */
    public byte[] seal(byte[] plain, int from, int length) {
        return seal(NO_DATA, plain, from, length);
    }

    byte[] seal(byte[] associated, byte[] plain, int from, int length) {
        try {
            start(Cipher.ENCRYPT_MODE, associated);
            return cipher.doFinal(plain, from, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing has no way to fail with a fresh nonce", e);
        }
    }

    /** @throws NoiseException where the tag is wrong; the state is of no use then */
    public byte[] open(byte[] sealed) throws NoiseException {
        return open(NO_DATA, sealed, 0, sealed.length);
    }

    byte[] open(byte[] associated, byte[] sealed, int from, int length) throws NoiseException {
        if (length < TAG) {
            throw new NoiseException("sealed message of " + length + " bytes: expected at least " + TAG);
        }
        try {
            start(Cipher.DECRYPT_MODE, associated);
            return cipher.doFinal(sealed, from, length);
        } catch (AEADBadTagException e) {
            throw new NoiseException("message " + (count - 1) + " has a wrong tag");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening has no other way to fail with a fresh nonce", e);
        }
    }

    private void start(int mode, byte[] associated) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE).order(ByteOrder.LITTLE_ENDIAN).putLong(Integer.BYTES, count++)
                .array();
        cipher.init(mode, key, new IvParameterSpec(nonce));
        cipher.updateAAD(associated);
    }
}
