package io.vilokanam.node.keystore;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

/**
 * Encrypts keystore files with a passphrase. A file is a JSON object: {@code encrypted} is {@code vilokanam-1}; {@code kdf} is
 * {@code pbkdf2-hmac-sha512} with {@code iterations} and {@code salt} (16 bytes), which make the 32 bytes of an AES-256-GCM key of
 * the passphrase in UTF-8; {@code nonce} (12 bytes) and {@code ciphertext} with its tag of 16 bytes behind it hold the secret URI
 * in UTF-8, and the name of the file is authenticated with it. Bytes are written in hex. Safe for several threads.
 */
public final class KeyCipher {

    static final String FORMAT = "vilokanam-1";
    private static final String KDF = "pbkdf2-hmac-sha512";
    private static final int SALT_SIZE = 16;
    private static final int NONCE_SIZE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    private static final int ITERATIONS = 600_000;
    /** A file that wants more work is not one of ours. */
    private static final int ITERATIONS_MAX = 10_000_000;

    private record Work(Bytes salt, int iterations) {}

    private final char[] passphrase;
    private final RandomGenerator random;
    private final int iterations;
    private final Map<Work, SecretKeySpec> derived = new HashMap<>();
    private final Bytes salt;

    /** {@code random} is cryptographic. */
    public KeyCipher(String passphrase, RandomGenerator random) {
        this(passphrase, random, ITERATIONS);
    }

    KeyCipher(String passphrase, RandomGenerator random, int iterations) {
        this.passphrase = passphrase.toCharArray();
        this.random = random;
        this.iterations = iterations;
        this.salt = fresh(SALT_SIZE);
    }

    private Bytes fresh(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /** Deriving a key takes a moment: it is done once for each salt. */
    private synchronized SecretKeySpec key(Work work) throws KeystoreException {
        SecretKeySpec known = derived.get(work);
        if (known != null) {
            return known;
        }
        try {
            PBEKeySpec spec = new PBEKeySpec(passphrase, work.salt().toArray(), work.iterations(), KEY_BITS);
            byte[] bytes = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
            SecretKeySpec key = new SecretKeySpec(bytes, "AES");
            derived.put(work, key);
            return key;
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the Java platform cannot derive keys of passphrases", e);
        }
    }

    private byte[] run(int mode, Work work, byte[] nonce, String fileName, byte[] input)
            throws KeystoreException, GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(work), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(fileName.getBytes(StandardCharsets.US_ASCII));
        return cipher.doFinal(input);
    }

    /** What a file of that name holds for a secret. */
    ObjectNode encrypt(String fileName, String secret) throws KeystoreException {
        Bytes nonce = fresh(NONCE_SIZE);
        try {
            byte[] ciphertext = run(Cipher.ENCRYPT_MODE, new Work(salt, iterations), nonce.toArray(), fileName,
                    secret.getBytes(StandardCharsets.UTF_8));
            return JsonNodeFactory.instance.objectNode().put("encrypted", FORMAT).put("kdf", KDF)
                    .put("iterations", iterations).put("salt", salt.hex()).put("nonce", nonce.hex())
                    .put("ciphertext", Bytes.hex(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the Java platform cannot encrypt", e);
        }
    }

    /** The secret in a file of that name. */
    String decrypt(String fileName, JsonNode file) throws KeystoreException {
        int wanted = file.path("iterations").asInt();
        if (!file.path("kdf").asText().equals(KDF) || wanted < 1 || wanted > ITERATIONS_MAX) {
            throw new KeystoreException("the keystore file " + fileName + " wants " + file.path("kdf") + " with "
                    + file.path("iterations") + " iterations, expected " + KDF + " with up to " + ITERATIONS_MAX);
        }
        try {
            byte[] secret = run(Cipher.DECRYPT_MODE, new Work(hex(fileName, file, "salt"), wanted),
                    hex(fileName, file, "nonce").toArray(), fileName, hex(fileName, file, "ciphertext").toArray());
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new KeystoreException("the keystore file " + fileName
                    + " does not open: the passphrase is another one, or the file was changed", e);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the keystore file " + fileName + " cannot be decrypted", e);
        }
    }

    private static Bytes hex(String fileName, JsonNode file, String field) throws KeystoreException {
        String text = file.path(field).asText();
        if (!text.matches("0x([0-9a-f]{2})+")) {
            throw new KeystoreException("the keystore file " + fileName + ": " + field + " is " + file.path(field)
                    + ", expected hex");
        }
        return Bytes.fromHex(text);
    }

    static boolean isEncrypted(JsonNode file) {
        return file.path("encrypted").asText().equals(FORMAT);
    }
}
