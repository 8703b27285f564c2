package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.call.SignatureClaim;
import io.vilokanam.host.call.SignatureVerdicts;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

final class SealsAheadTest {

    private final KeyPair alice = SecretUri.keyPair(Scheme.SR25519, "//Alice");
    private final KeyPair bob = SecretUri.keyPair(Scheme.SR25519, "//Bob");
    private final List<PublicKey> both = List.of(key(alice), key(bob));
    private final List<SignatureClaim> begun = new ArrayList<>();
    private final SealsAhead seals = new SealsAhead(new SignatureBatches() {
        @Override
        public SignatureVerdicts begin(List<SignatureClaim> claims) {
            begun.addAll(claims);
            List<SignatureClaim> batch = List.copyOf(claims);
            return claim -> batch.contains(claim) ? Optional.of(claim.holds()) : Optional.empty();
        }
    });

    SealsAheadTest() throws Exception {}

    private static PublicKey key(KeyPair pair) {
        return new PublicKey(Bytes.wrap(pair.publicKey()));
    }

    private static Header sealed(long slot, KeyPair author) {
        Header open = new Header(Hash.ZERO, slot, Hash.ZERO, Hash.ZERO,
                new Digest(List.of(AuraDigest.preDigest(slot))));
        Bytes signature = Bytes.wrap(author.sign(AuraVerifier.sealedMessage(open).bytes().view()));
        return open.withDigest(new Digest(List.of(AuraDigest.preDigest(slot), AuraDigest.seal(signature))));
    }

    private boolean verify(Header header, KeyPair author) {
        AuraVerifier.Claim claim = AuraVerifier.claim(header, List.of(key(author))).orElseThrow();
        return seals.verify(claim.author(), claim.message().bytes().view(), claim.signature());
    }

    @Test
    void beginsWhatTheAuthorsOfTheSlotsClaim() {
        List<Header> headers = List.of(sealed(2, alice), sealed(3, bob), sealed(4, alice));
        seals.expect(headers, both);
        assertEquals(List.of(key(alice).bytes(), key(bob).bytes(), key(alice).bytes()),
                begun.stream().map(SignatureClaim::publicKey).toList());
        assertTrue(verify(headers.get(0), alice) && verify(headers.get(1), bob) && verify(headers.get(2), alice));
    }

    @Test
    void answersForAnotherAuthorThanItWasToldOf() {
        Header ofAlice = sealed(3, alice);
        seals.expect(List.of(ofAlice), both);
        assertTrue(verify(ofAlice, alice), "the guess was Bob");
        assertFalse(verify(ofAlice, bob));
    }

    @Test
    void passesOverHeadersWithoutSealOrAuthorities() {
        Header open = new Header(Hash.ZERO, 1, Hash.ZERO, Hash.ZERO, new Digest(List.of(AuraDigest.preDigest(1))));
        seals.expect(List.of(open, sealed(1, alice)), List.of());
        seals.expect(List.of(open), both);
        assertEquals(List.of(), begun);
    }

    @Test
    void forgetsWhatNobodyAsksFor() {
        Header first = sealed(2, alice);
        seals.expect(List.of(first), both);
        List<Header> more = IntStream.range(0, SealsAhead.CLAIMS_MAX).mapToObj(i -> resealed(first, i)).toList();
        seals.expect(more, both);
        assertTrue(verify(first, alice), "verified anew");
        assertFalse(verify(more.getLast(), alice));
    }

    /** The same with a signature that is none. */
    private static Header resealed(Header header, int number) {
        byte[] signature = new byte[64];
        signature[0] = (byte) number;
        signature[1] = (byte) (number >> 8);
        return header.withDigest(new Digest(
                List.of(header.digest().items().getFirst(), AuraDigest.seal(Bytes.wrap(signature)))));
    }
}
