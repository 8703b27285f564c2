package io.vilokanam.node.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

final class KeyCipherTest {

    private static final int FEW = 3;
    private static final String NAME = "61757261aa";
    private static final Bytes ALICE = Bytes
            .fromHex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");

    private static KeyCipher cipher(String passphrase) {
        return new KeyCipher(passphrase, new SplittableRandom(passphrase.hashCode()), FEW);
    }

    @Test
    void opensWhatItEncrypted() throws Exception {
        KeyCipher cipher = cipher("correct horse");
        ObjectNode file = cipher.encrypt(NAME, "//Alice");
        assertFalse(file.toString().contains("Alice"));
        assertEquals("//Alice", cipher("correct horse").decrypt(NAME, file));
        assertEquals("vilokanam-1", file.get("encrypted").asText());
        assertTrue(!file.get("nonce").equals(cipher.encrypt(NAME, "//Alice").get("nonce")), "each nonce is used once");
    }

    @Test
    void opensAFileThatAnotherProgramWrote() throws Exception {
        // Made with Python: pbkdf2_hmac("sha512", "pass", 16 zero bytes, 3, 32), AES-256-GCM with 12 zero bytes as nonce.
        String other = """
                {"encrypted":"vilokanam-1","kdf":"pbkdf2-hmac-sha512","iterations":3,
                 "salt":"0x00000000000000000000000000000000","nonce":"0x000000000000000000000000",
                 "ciphertext":"0xfe12d533947891c8d6bae4175c19e150d1cd8994aaee05"}""";
        assertEquals("//Alice", cipher("pass").decrypt(NAME, new JsonMapper().readTree(other)));
    }

    @Test
    void refusesAnotherPassphraseAnotherNameAndChangedFiles() throws Exception {
        ObjectNode file = cipher("one").encrypt(NAME, "//Alice");
        assertThrows(KeystoreException.class, () -> cipher("two").decrypt(NAME, file));
        assertThrows(KeystoreException.class, () -> cipher("one").decrypt("6772616eaa", file));
        for (String field : new String[]{"kdf", "iterations", "salt", "nonce", "ciphertext"}) {
            ObjectNode wrong = file.deepCopy();
            wrong.put(field, "0x00112233445566778899aabbccddeeff");
            assertThrows(KeystoreException.class, () -> cipher("one").decrypt(NAME, wrong), field);
        }
    }

    private static Keystore keystore(Path folder, Optional<KeyCipher> cipher) throws KeystoreException {
        return Keystore.open(new Keystore.Settings(Optional.of(folder), Optional.empty(), cipher, Optional.empty()),
                new SplittableRandom(1));
    }

    @Test
    void encryptsAndDecryptsWholeKeystoresAndReadsPlainFilesBesideEncryptedOnes(@TempDir Path folder) throws Exception {
        Keystore plain = keystore(folder, Optional.empty());
        plain.insert(KeyTypeId.AURA, "//Alice", ALICE);
        Keystore encrypted = keystore(folder, Optional.of(cipher("x")));
        assertTrue(encrypted.find(KeyTypeId.AURA, Scheme.SR25519, ALICE).isPresent());
        assertEquals(1, encrypted.rewrite(true));
        Path file = folder.resolve("61757261" + ALICE.hex().substring(2));
        assertFalse(Files.readString(file).contains("Alice"));
        assertTrue(encrypted.find(KeyTypeId.AURA, Scheme.SR25519, ALICE).isPresent());
        assertTrue(assertThrows(KeystoreException.class, () -> plain.find(KeyTypeId.AURA, Scheme.SR25519, ALICE))
                .getMessage().contains("--keystore-passphrase-file"));
        Bytes fresh = encrypted.generate(KeyTypeId.TICK, Scheme.SR25519, Optional.empty());
        assertTrue(Files.readString(folder.resolve("7469636b" + fresh.hex().substring(2))).startsWith("{"));
        assertEquals(2, encrypted.rewrite(false));
        assertEquals("\"//Alice\"", Files.readString(file));
    }
}
