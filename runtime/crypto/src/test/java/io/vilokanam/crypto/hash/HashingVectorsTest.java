package io.vilokanam.crypto.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.testkit.Vectors;

class HashingVectorsTest {

    private static final Map<String, UnaryOperator<byte[]>> FUNCTIONS = Map.ofEntries(
            Map.entry("blake2b_64", Blake2b::hash64), Map.entry("blake2b_128", Blake2b::hash128),
            Map.entry("blake2b_256", Blake2b::hash256), Map.entry("blake2b_512", Blake2b::hash512),
            Map.entry("blake2_128_concat", in -> concat(Blake2b.hash128(in), in)), Map.entry("twox_64", Twox::hash64),
            Map.entry("twox_128", Twox::hash128), Map.entry("twox_256", Twox::hash256),
            Map.entry("twox_64_concat", in -> concat(Twox.hash64(in), in)), Map.entry("keccak_256", Keccak::hash256),
            Map.entry("keccak_512", Keccak::hash512), Map.entry("sha2_256", Sha2::hash256));
    private static final Set<String> NO_DIGEST = Set.of("id", "kind", "len", "input");

    @TestFactory
    Stream<DynamicNode> digestsEqualThoseOfOtherImplementations() {
        return Vectors.family("hashing").tests(Map.of("digests", HashingVectorsTest::check));
    }

    private static void check(JsonNode vector) {
        byte[] input = input(vector.get("input").asText());
        assertEquals(vector.get("len").asInt(), input.length);
        vector.properties().stream().filter(field -> !NO_DIGEST.contains(field.getKey())).forEach(field -> {
            UnaryOperator<byte[]> function = FUNCTIONS.get(field.getKey());
            assertEquals(field.getValue().asText(), Hex.encode(function.apply(input)), field.getKey());
        });
    }

    private static byte[] input(String text) {
        String pattern = "pattern:incr251:";
        if (!text.startsWith(pattern)) {
            return Hex.decode(text);
        }
        byte[] bytes = new byte[Integer.parseInt(text.substring(pattern.length()))];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    @SeededTest(runs = 300)
    void rangesAndPartsHashLikeTheWhole(long seed) {
        var random = new Random(seed);
        byte[] in = new byte[random.nextInt(400)];
        random.nextBytes(in);
        int cut = random.nextInt(in.length + 1);
        byte[] head = Arrays.copyOfRange(in, 0, cut);
        byte[] tail = Arrays.copyOfRange(in, cut, in.length);
        int outLen = 1 + random.nextInt(64);
        assertArrayEquals(Blake2b.hash(outLen, in), Blake2b.hash(outLen, head, tail));
        assertArrayEquals(Blake2b.hash256(tail), Blake2b.hash256(in, cut, tail.length));
        byte[] out = new byte[40];
        Blake2b.hash256(in, cut, tail.length, out, 5);
        assertArrayEquals(Blake2b.hash256(tail), Arrays.copyOfRange(out, 5, 37));
        assertArrayEquals(Sha2.hash256(tail), Sha2.hash256(in, cut, tail.length));
    }

    @SeededTest(runs = 30)
    void aHasherKeepsNothingOfTheInputBefore(long seed) {
        var random = new Random(seed);
        var hasher = new Blake2bHasher();
        byte[] out = new byte[32];
        for (int i = 0; i < 20; i++) {
            byte[] in = new byte[random.nextInt(300)];
            random.nextBytes(in);
            hasher.hash256(in, 0, in.length, out, 0);
            assertArrayEquals(Blake2b.hash256(in), out);
        }
    }

    @SeededTest(runs = 50)
    void aChainIsItsStepsOneByOne(long seed) {
        var random = new Random(seed);
        byte[] salt = new byte[Sha2Chain.SALT];
        byte[] word = new byte[Sha2Chain.WORD];
        random.nextBytes(salt);
        random.nextBytes(word);
        int steps = random.nextInt(20);
        byte[] expected = word.clone();
        for (int i = 0; i < steps; i++) {
            expected = Sha2.hash256(concat(salt, expected));
        }
        assertArrayEquals(expected, Sha2.chain(salt, word, steps));
        var chain = new Sha2Chain();
        assertTrue(chain.reaches(salt, 0, word, 0, steps, expected, 0));
        assertFalse(chain.reaches(salt, 0, word, 0, steps + 1, expected, 0));
        byte[] before = word.clone();
        assertArrayEquals(expected, chain.walk(salt, word, steps));
        assertArrayEquals(before, word);
    }

    @Test
    void inputAndOutputMayBeOneArray() {
        byte[] buffer = new byte[64];
        byte[] expected = Blake2b.hash256(buffer);
        Blake2b.hash256(buffer, 0, 64, buffer, 16);
        assertArrayEquals(expected, Arrays.copyOfRange(buffer, 16, 48));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
