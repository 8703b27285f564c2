package io.vilokanam.crypto.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.StringTokenizer;

import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

import io.vilokanam.crypto.hash.Sha2;

/**
 * English BIP-39 phrases, with Substrate's way from phrase to seed: PBKDF2 runs over the entropy, not the words, and
 * the password enters as it is.
 */
public final class Bip39 {

    private static final int WORDS = 2048;
    private static final int BITS_PER_WORD = 11;
    private static final int MIN_ENTROPY = 16;
    private static final int MAX_ENTROPY = 32;
    private static final int MAX_PHRASE_WORDS = 24;
    private static final int ROUNDS = 2048;
    private static final int SEED_BITS = 256;

    private static final List<String> ENGLISH = wordList();

    private Bip39() {}

    /**
     * The entropy of a phrase of 12, 15, 18, 21 or 24 words between white space: 16 to 32 bytes.
     *
     * @throws KeyException for another number of words, a word that is not in the list or a wrong checksum
     */
    public static byte[] entropy(String phrase) throws KeyException {
        var words = new StringTokenizer(phrase);
        int count = words.countTokens();
        if (count % 3 != 0 || count < 12 || count > MAX_PHRASE_WORDS) {
            throw new KeyException("phrase of " + count + " words, expected 12, 15, 18, 21 or 24");
        }
        int entropyBytes = count / 3 * 4;
        byte[] bits = new byte[entropyBytes + 1];
        for (int word = 0; word < count; word++) {
            int index = Collections.binarySearch(ENGLISH, words.nextToken());
            if (index < 0) {
                throw new KeyException("word " + (word + 1) + " of the phrase is not in the English list");
            }
            for (int bit = 0; bit < BITS_PER_WORD; bit++) {
                int at = word * BITS_PER_WORD + bit;
                bits[at >>> 3] |= (byte) ((index >>> BITS_PER_WORD - 1 - bit & 1) << 7 - (at & 7));
            }
        }
        byte[] entropy = new byte[entropyBytes];
        System.arraycopy(bits, 0, entropy, 0, entropyBytes);
        if (bits[entropyBytes] != checksum(entropy)) {
            throw new KeyException("checksum of the phrase is wrong");
        }
        return entropy;
    }

    /** The phrase of 16, 20, 24, 28 or 32 bytes. */
    public static String phrase(byte[] entropy) {
        if (entropy.length < MIN_ENTROPY || entropy.length > MAX_ENTROPY || entropy.length % 4 != 0) {
            throw new IllegalArgumentException(
                    "entropy of " + entropy.length + " bytes, expected 16, 20, 24, 28 or 32");
        }
        byte[] bits = new byte[entropy.length + 1];
        System.arraycopy(entropy, 0, bits, 0, entropy.length);
        bits[entropy.length] = checksum(entropy);
        var phrase = new StringJoiner(" ");
        for (int word = 0; word < entropy.length / 4 * 3; word++) {
            int index = 0;
            for (int at = word * BITS_PER_WORD; at < (word + 1) * BITS_PER_WORD; at++) {
                index = index << 1 | bits[at >>> 3] >>> 7 - (at & 7) & 1;
            }
            phrase.add(ENGLISH.get(index));
        }
        return phrase.toString();
    }

    /** The seed of 32 bytes of a phrase and its password, which may be empty. */
    public static byte[] seed(String phrase, String password) throws KeyException {
        return seedOfEntropy(entropy(phrase), password);
    }

    /** The seed of 32 bytes: the first half of PBKDF2-HMAC-SHA512. */
    public static byte[] seedOfEntropy(byte[] entropy, String password) {
        var generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(entropy, ("mnemonic" + password).getBytes(StandardCharsets.UTF_8), ROUNDS);
        return ((KeyParameter) generator.generateDerivedMacParameters(SEED_BITS)).getKey();
    }

    /** The first bit of SHA-256 for each 32 bits of entropy, from the top of a byte. */
    private static byte checksum(byte[] entropy) {
        return (byte) (Sha2.hash256(entropy)[0] & 0xff00 >>> entropy.length / 4);
    }

    private static List<String> wordList() {
        try (InputStream in = Bip39.class.getResourceAsStream("english.txt")) {
            var tokens = new StringTokenizer(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            List<String> words = new ArrayList<>(WORDS);
            while (tokens.hasMoreTokens()) {
                words.add(tokens.nextToken());
            }
            if (words.size() != WORDS) {
                throw new IllegalStateException("english.txt holds " + words.size() + " words, expected " + WORDS);
            }
            return List.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
