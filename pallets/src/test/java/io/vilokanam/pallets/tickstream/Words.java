package io.vilokanam.pallets.tickstream;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.scale.Bytes;

/** What a viewer's client draws for a session: a hash chain and a close secret, here from a number. */
final class Words {

    private final byte[] salt;
    private final byte[][] words;
    private final Bytes closeSecret;

    /** @param length the number of ticks that the chain is good for */
    Words(long seed, int length) {
        salt = Arrays.copyOf(derived("salt", seed), 16);
        closeSecret = Bytes.wrap(derived("close", seed));
        words = new byte[length + 1][];
        words[length] = derived("secret", seed);
        for (int i = length; i > 0; i--) {
            words[i - 1] = Sha2.chain(salt, words[i], 1);
        }
    }

    private static byte[] derived(String what, long seed) {
        return Sha2.hash256(Bytes.ascii(what + seed).view());
    }

    int length() {
        return words.length - 1;
    }

    Bytes salt() {
        return Bytes.wrap(salt);
    }

    Bytes word(int index) {
        return Bytes.wrap(words[index]);
    }

    Bytes closeSecret() {
        return closeSecret;
    }

    Bytes closeHash() {
        return Bytes.wrap(Sha2.hash256(closeSecret.view()));
    }

    /** A true claim. */
    Entry entry(long session, int ticks) {
        return new Entry(session, ticks, word(ticks), Optional.empty());
    }

    /** A true claim that closes the session. */
    Entry closing(long session, int ticks) {
        return new Entry(session, ticks, word(ticks), Optional.of(closeSecret));
    }
}
