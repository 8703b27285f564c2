package io.vilokanam.host.call;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Externalities.KeyScheme;
import io.vilokanam.api.Signatures;
import io.vilokanam.api.StateVersion;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;
import io.vilokanam.trie.OrderedTrie;
import io.vilokanam.trie.TrieLayout;

class HostExternalitiesTest {

    private final List<String> logged = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> hashesAreThoseOfTheReference() {
        return Vectors.family("hashing").tests(Map.of("digests", vector -> {
            var ext = externalities(SignatureBatches.NONE);
            byte[] input = input(vector.get("input").asText());
            var digests = Map.of("blake2b_128", ext.blake2b128(input), "blake2b_256", ext.blake2b256(input),
                    "blake2b_512",
                    ext.blake2b512(input), "twox_64", ext.twox64(input), "twox_128", ext.twox128(input), "twox_256",
                    ext.twox256(input), "keccak_256", ext.keccak256(input), "sha2_256", ext.sha256(input));
            digests.forEach((name, digest) -> assertEquals(vector.get(name).asText(), Hex.encode(digest), name));
        }));
    }

    /** Hex, or for long inputs {@code pattern:incr251:LENGTH}: each byte its index modulo 251. */
    private static byte[] input(String input) {
        String pattern = "pattern:incr251:";
        if (!input.startsWith(pattern)) {
            return Hex.decode(input);
        }
        byte[] bytes = new byte[Integer.parseInt(input.substring(pattern.length()))];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    /** Alone, as one announced batch, and with a wrong announcement beside it: always the same answer. */
    @TestFactory
    Stream<DynamicNode> announcedChecksAreAnsweredAsOthersAre() {
        return Vectors.family("signatures").tests(Map.of(
                "sr25519", vector -> check(vector, Signatures.Scheme.SR25519),
                "ed25519_verify", vector -> check(vector, Signatures.Scheme.ED25519),
                "ecdsa", this::recovers), Set.of("ed25519_sign", "ecdsa_keccak", "multisignature"));
    }

    private void check(JsonNode vector, Signatures.Scheme scheme) {
        byte[] signature = Vectors.bytes(vector.get("signature"));
        byte[] message = Vectors.bytes(vector.get("message"));
        byte[] publicKey = Vectors.bytes(vector.get("public"));
        boolean isValid = vector.get("valid").asBoolean();
        assertEquals(isValid, verify(externalities(SignatureBatches.NONE), scheme, signature, message, publicKey));
        var announcing = externalities(SignatureBatches.onCallingThread(new SecureRandom()));
        byte[] other = message.clone();
        announcing.announce(List.of(new Signatures.Request(scheme, signature, other, publicKey),
                new Signatures.Request(scheme, signature, new byte[]{1, 2, 3}, publicKey)));
        announcing.announce(List.of());
        assertEquals(isValid, verify(announcing, scheme, signature, message, publicKey));
    }

    private static boolean verify(Externalities ext, Signatures.Scheme scheme, byte[] signature, byte[] message,
            byte[] publicKey) {
        return switch (scheme) {
            case SR25519 -> ext.sr25519Verify(signature, message, publicKey);
            case ED25519 -> ext.ed25519Verify(signature, message, publicKey);
        };
    }

    private void recovers(JsonNode vector) {
        var recovered = externalities(SignatureBatches.NONE).secp256k1Recover(Vectors.bytes(vector.get("signature")),
                Vectors.bytes(vector.get("blake2_256_of_message")));
        if (vector.has("recovers_to")) {
            assertEquals(Optional.ofNullable(vector.get("recovers_to").textValue()), recovered.map(Hex::encode));
        }
        boolean isOfKey = recovered.map(Hex::encode).equals(Optional.of(vector.get("public").asText()));
        // Where the vector says words instead: the host function takes 27 and 28 for 0 and 1, a key pair does not.
        assertEquals(vector.get("valid").isTextual() || vector.get("valid").asBoolean(), isOfKey);
    }

    @Test
    void whatWasAnnouncedIsAnsweredWithoutVerifyingAgain() {
        List<SignatureClaim> begun = new ArrayList<>();
        var ext = externalities(claims -> {
            begun.addAll(claims);
            return claim -> Optional.of(claims.contains(claim));
        });
        byte[] nonsense = {1};
        ext.announce(List.of(new Signatures.Request(Signatures.Scheme.ED25519, nonsense, nonsense, nonsense)));
        assertEquals(1, begun.size());
        assertTrue(ext.ed25519Verify(nonsense, nonsense, nonsense));
        assertFalse(ext.sr25519Verify(nonsense, nonsense, nonsense));
    }

    @Test
    void verdictsOfSeveralBatchesAreJoined() {
        var claims = new ArrayList<SignatureClaim>();
        for (String text : new String[]{"a", "b"}) {
            var bytes = Bytes.ascii(text);
            claims.add(new SignatureClaim(Scheme.SR25519, bytes, bytes, bytes));
        }
        var random = new SecureRandom();
        var joined = VerifiedSignatures.verify(claims.subList(0, 1), random)
                .and(VerifiedSignatures.verify(claims.subList(1, 2), random));
        claims.forEach(claim -> assertEquals(Optional.of(false), joined.find(claim)));
        assertEquals(Optional.empty(), VerifiedSignatures.NONE.find(claims.getFirst()));
    }

    @Test
    void theVersionOfCodeIsReadFromItsSections() throws ScaleException {
        var ext = externalities(SignatureBatches.NONE);
        byte[] version = ext.runtimeVersion(Refchain.file("runtime.wasm")).orElseThrow();
        assertEquals("vilokanam", RuntimeVersion.CODEC.decodeAll(version).specName());
        assertTrue(ext.runtimeVersion("no code".getBytes(StandardCharsets.UTF_8)).isEmpty());
        assertEquals(1, logged.size());
    }

    @Test
    void servicesThatACallDoesNotHaveAreAbsent() {
        var ext = externalities(SignatureBatches.NONE);
        assertTrue(ext.offchain().isEmpty());
        assertTrue(ext.generateKey(KeyTypeId.AURA, KeyScheme.SR25519, Optional.empty()).isEmpty());
        ext.log("target", "message");
        assertEquals(List.of("target: message"), logged);
    }

    @Test
    void orderedRootsTakeTheLayoutOfTheStateVersion() {
        List<byte[]> values = List.of(new byte[40], new byte[]{1});
        var ext = externalities(SignatureBatches.NONE);
        assertArrayEquals(OrderedTrie.root(TrieLayout.V0, values), ext.orderedRoot(values, 0));
        assertArrayEquals(OrderedTrie.root(TrieLayout.V1, values), ext.orderedRoot(values, 1));
    }

    private HostExternalities externalities(SignatureBatches signatures) {
        return new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
                HostServices.onChain(signatures, (target, message) -> logged.add(target + ": " + message)));
    }
}
