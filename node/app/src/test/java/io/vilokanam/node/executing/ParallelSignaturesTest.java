package io.vilokanam.node.executing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.host.call.SignatureClaim;
import io.vilokanam.host.call.SignatureVerdicts;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class ParallelSignaturesTest {

    private static SignatureClaim claim(Random random, boolean holds) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        byte[] message = new byte[random.nextInt(300)];
        random.nextBytes(message);
        try {
            Scheme scheme = Scheme.values()[random.nextInt(Scheme.values().length)];
            KeyPair pair = scheme.fromSeed(seed);
            byte[] signature = pair.sign(message);
            if (!holds) {
                signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            }
            return new SignatureClaim(scheme, Bytes.wrap(signature), Bytes.wrap(message),
                    Bytes.wrap(pair.publicKey()));
        } catch (KeyException e) {
            throw new IllegalStateException("32 bytes are a seed", e);
        }
    }

    @SeededTest(runs = 6)
    void claimsVerifiedTogetherGetTheAnswersThatTheyGetAlone(long seed) {
        Random random = new Random(seed);
        List<SignatureClaim> claims = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            claims.add(claim(random, random.nextInt(30) > 0));
        }
        try (ParallelSignatures signatures = new ParallelSignatures(new SecureRandom(), 2)) {
            for (int round = 0; round < 2; round++) {
                boolean[] answers = signatures.verify(claims);
                for (int i = 0; i < answers.length; i++) {
                    assertEquals(claims.get(i).holds(), answers[i], "claim " + i);
                }
            }
        }
    }

    @Test
    void whatWasVerifiedIsKnownAndNothingElse() {
        Random random = new Random(1);
        KnownSignatures known = new KnownSignatures();
        SignatureClaim claim = claim(random, true);
        known.note(claim);
        assertTrue(known.contains(claim));
        byte[] message = claim.message().toArray();
        byte[] longer = new byte[message.length + 1];
        System.arraycopy(message, 0, longer, 0, message.length);
        assertFalse(known.contains(
                new SignatureClaim(claim.scheme(), claim.signature(), Bytes.wrap(longer), claim.publicKey())));
        assertFalse(known.contains(claim(random, true)));
    }

    @Test
    void announcedSignaturesKeepTheirAnswersWhereSomeAreKnown() {
        Random random = new Random(2);
        SignatureClaim known = claim(random, true);
        SignatureClaim refused = claim(random, false);
        SignatureClaim fresh = claim(random, true);
        try (ParallelSignatures signatures = new ParallelSignatures(new SecureRandom(), 2)) {
            assertTrue(signatures.verify(known));
            assertFalse(signatures.verify(refused));
            SignatureVerdicts verdicts = signatures.begin(List.of(known, refused, fresh));
            assertTrue(verdicts.find(known).orElseGet(() -> signatures.verify(known)));
            assertEquals(false, verdicts.find(refused).orElseThrow());
            assertEquals(true, verdicts.find(fresh).orElseThrow());
        }
    }
}
