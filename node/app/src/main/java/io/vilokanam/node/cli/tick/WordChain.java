package io.vilokanam.node.cli.tick;

import java.security.SecureRandom;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.scale.Bytes;

/** A viewer's secrets for one session: the hash chain with its salt, and the secret that closes the session. */
final class WordChain {

    private static final int SALT = 16;
    private static final int WORD = 32;

    private final byte[] salt = new byte[SALT];
    private final byte[] closeSecret = new byte[WORD];
    private final byte[][] words;

    /** Draws secrets and computes all words from the last one down to the anchor. */
    WordChain(int ticks, SecureRandom random) {
        random.nextBytes(salt);
        random.nextBytes(closeSecret);
        words = new byte[ticks + 1][];
        words[ticks] = new byte[WORD];
        random.nextBytes(words[ticks]);
        for (int i = ticks - 1; i >= 0; i--) {
            words[i] = Sha2.chain(salt, words[i + 1], 1);
        }
    }

    int length() {
        return words.length - 1;
    }

    Bytes salt() {
        return Bytes.wrap(salt);
    }

    /** The word that proves so many ticks; word 0 is the anchor. */
    Bytes word(int ticks) {
        return Bytes.wrap(words[ticks]);
    }

    Bytes closeSecret() {
        return Bytes.wrap(closeSecret);
    }

    Bytes closeHash() {
        return Bytes.wrap(Sha2.hash256(closeSecret));
    }
}
