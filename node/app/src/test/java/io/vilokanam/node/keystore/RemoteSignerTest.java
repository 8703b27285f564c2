package io.vilokanam.node.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

final class RemoteSignerTest {

    @TempDir
    private Path folder;

    private static SignerServer serve(Keystore keystore, Path history, String address)
            throws KeystoreException, IOException {
        SignerServer server = new SignerServer(keystore, history, SignerAddress.parse(address).orElseThrow());
        Thread.ofVirtual().start(() -> {
            try {
                server.run();
            } catch (IOException e) {
                throw new IllegalStateException("the signer's socket fails", e);
            }
        });
        return server;
    }

    private static Keystore holding(String suri) throws Exception {
        Keystore keystore = Keystore.inMemory(new SplittableRandom(1));
        keystore.hold(KeyTypeId.AURA, SecretUri.keyPair(Scheme.SR25519, suri));
        keystore.hold(KeyTypeId.GRANDPA, SecretUri.keyPair(Scheme.ED25519, suri));
        return keystore;
    }

    private static Keystore asking(SignerAddress address) throws KeystoreException {
        return Keystore.open(new Keystore.Settings(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(new RemoteSigner(address))), new SplittableRandom(2));
    }

    @Test
    void signsOverEitherSocketWithKeysThatTheNodeDoesNotHold() throws Exception {
        Keystore own = holding("//Alice");
        for (String address : List.of("unix:" + folder.resolve("signer.sock"), "tcp:127.0.0.1:0")) {
            try (SignerServer server = serve(own, folder.resolve(address.substring(0, 4)), address)) {
                Keystore node = asking(server.address());
                Bytes key = own.publicKeys(KeyTypeId.GRANDPA).getFirst();
                assertEquals(List.of(key), node.publicKeys(KeyTypeId.GRANDPA));
                assertTrue(node.has(KeyTypeId.GRANDPA, key));
                assertTrue(node.find(KeyTypeId.GRANDPA, Scheme.ED25519, key).isEmpty(), "the secret stays where it is");
                byte[] message = {1, 2, 3};
                Bytes signature = node.sign(KeyTypeId.GRANDPA, Scheme.ED25519, key, message,
                        new SigningPurpose.GrandpaVote(0, 1, "prevote")).orElseThrow();
                assertTrue(Scheme.ED25519.verify(key.toArray(), message, signature.toArray()));
                Bytes aura = own.publicKeys(KeyTypeId.AURA).getFirst();
                assertTrue(
                        Scheme.SR25519.verify(aura.toArray(), message, node.sign(KeyTypeId.AURA, Scheme.SR25519, aura,
                                message, new SigningPurpose.AuraSeal(7)).orElseThrow().toArray()));
            }
        }
    }

    @Test
    void neverSignsTwoThingsWhereOneIsAllowedNotEvenAfterARestart() throws Exception {
        Keystore own = holding("//Alice");
        Bytes aura = own.publicKeys(KeyTypeId.AURA).getFirst();
        Bytes grandpa = own.publicKeys(KeyTypeId.GRANDPA).getFirst();
        Path history = folder.resolve("history");
        for (int start = 0; start < 2; start++) {
            try (SignerServer server = serve(own, history, "tcp:127.0.0.1:0")) {
                Keystore node = asking(server.address());
                byte[] one = {1};
                byte[] other = {2};
                assertTrue(seal(node, aura, 10, one).isPresent());
                assertTrue(seal(node, aura, 10, one).isPresent(), "the same again is no other");
                assertThrows(SignerUnavailableException.class, () -> seal(node, aura, 10, other));
                assertThrows(SignerUnavailableException.class, () -> seal(node, aura, 9, other));
                for (String stage : List.of("prevote", "precommit")) {
                    assertTrue(vote(node, grandpa, 1, 5, stage, one).isPresent());
                    assertThrows(SignerUnavailableException.class, () -> vote(node, grandpa, 1, 5, stage, other));
                    assertThrows(SignerUnavailableException.class, () -> vote(node, grandpa, 0, 9, stage, other));
                }
                assertThrows(SignerUnavailableException.class,
                        () -> node.sign(KeyTypeId.AURA, Scheme.SR25519, aura, other,
                                new SigningPurpose.Other()),
                        "keys of consensus sign nothing else");
            }
        }
    }

    private static Optional<Bytes> seal(Keystore node, Bytes key, long slot, byte[] message) throws KeystoreException {
        return node.sign(KeyTypeId.AURA, Scheme.SR25519, key, message, new SigningPurpose.AuraSeal(slot));
    }

    private static Optional<Bytes> vote(Keystore node, Bytes key, long setId, long round, String stage, byte[] message)
            throws KeystoreException {
        return node.sign(KeyTypeId.GRANDPA, Scheme.ED25519, key, message,
                new SigningPurpose.GrandpaVote(setId, round, stage));
    }

    @Test
    void connectsAgainWhenTheSignerCameBack() throws Exception {
        Keystore own = holding("//Alice");
        Bytes aura = own.publicKeys(KeyTypeId.AURA).getFirst();
        SignerAddress address = SignerAddress.parse("unix:" + folder.resolve("s.sock")).orElseThrow();
        Keystore node = asking(address);
        assertFalse(node.has(KeyTypeId.AURA, aura), "nobody is there yet");
        for (int slot = 0; slot < 2; slot++) {
            try (SignerServer _ = serve(own, folder.resolve("h"), address.text())) {
                assertTrue(node.has(KeyTypeId.AURA, aura));
                assertTrue(seal(node, aura, slot, new byte[]{1}).isPresent());
            }
        }
    }

    @Test
    void readsAddresses() {
        for (String wrong : List.of("", "unix:", "tcp:x", "tcp:host:70000", "http://x")) {
            assertEquals(Optional.empty(), SignerAddress.parse(wrong), wrong);
        }
    }

    @Test
    void holdsAKeystoreForOneValidator() throws Exception {
        try (KeystoreLock _ = KeystoreLock.take(folder)) {
            assertThrows(KeystoreException.class, () -> KeystoreLock.take(folder));
        }
        KeystoreLock.take(folder).close();
    }
}
