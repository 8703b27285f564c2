package io.vilokanam.node.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

final class KeystoreTest {

    private static final String ALICE = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

    @TempDir
    private Path folder;

    private Keystore keystore() throws KeystoreException {
        return Keystore.inFolder(folder, Optional.empty(), new SplittableRandom(1));
    }

    private static KeyPair alice() throws KeyException {
        return SecretUri.keyPair(Scheme.SR25519, "//Alice");
    }

    @Test
    void writesFilesLikeAStockNode() throws KeystoreException, KeyException, IOException {
        keystore().insert(KeyTypeId.AURA, "//Alice", Bytes.wrap(alice().publicKey()));
        Path file = folder.resolve("61757261" + ALICE);
        assertEquals("\"//Alice\"", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void signsWithAKeyFromItsFile() throws KeystoreException, KeyException, IOException {
        Files.writeString(folder.resolve("61757261" + ALICE), "\"//Alice\"");
        KeyPair pair = keystore().find(KeyTypeId.AURA, Scheme.SR25519, Bytes.fromHex(ALICE)).orElseThrow();
        byte[] message = {1, 2, 3};
        assertTrue(Scheme.SR25519.verify(alice().publicKey(), message, pair.sign(message)));
    }

    @Test
    void doesNotSignWithAnotherSecretThanTheNameSays() throws KeystoreException, IOException {
        Files.writeString(folder.resolve("61757261" + ALICE), "\"//Bob\"");
        assertEquals(Optional.empty(), keystore().find(KeyTypeId.AURA, Scheme.SR25519, Bytes.fromHex(ALICE)));
    }

    @Test
    void namesTheFileThatHoldsNoJson() throws KeystoreException, IOException {
        Files.writeString(folder.resolve("61757261" + ALICE), "//Alice");
        KeystoreException failure = assertThrows(KeystoreException.class,
                () -> keystore().find(KeyTypeId.AURA, Scheme.SR25519, Bytes.fromHex(ALICE)));
        assertTrue(failure.getMessage().contains("61757261" + ALICE), failure.getMessage());
    }

    @Test
    void listsTheKeysOfATypeAndNothingElse() throws KeystoreException, KeyException, IOException {
        Keystore keystore = keystore();
        Bytes generated = keystore.generate(KeyTypeId.GRANDPA, Scheme.ED25519, Optional.empty());
        keystore.insert(KeyTypeId.AURA, "//Alice", Bytes.wrap(alice().publicKey()));
        Files.writeString(folder.resolve("6772616e-no-key"), "");
        assertEquals(List.of(generated), keystore.publicKeys(KeyTypeId.GRANDPA));
        assertTrue(keystore.has(KeyTypeId.GRANDPA, generated));
        assertFalse(keystore.has(KeyTypeId.AURA, generated));
        assertTrue(keystore().find(KeyTypeId.GRANDPA, Scheme.ED25519, generated).isPresent());
    }

    @Test
    void keepsDevelopmentKeysInMemoryAlone() throws KeystoreException, KeyException, IOException {
        Keystore keystore = keystore();
        keystore.hold(KeyTypeId.AURA, alice());
        assertArrayEquals(alice().publicKey(), keystore.find(KeyTypeId.AURA, Scheme.SR25519, Bytes.fromHex(ALICE))
                .orElseThrow().publicKey());
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
