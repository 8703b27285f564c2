package io.vilokanam.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;

class BytesTest {

    @SeededTest
    void hexReadsBackInEitherCase(long seed) {
        byte[] content = new byte[(int) (seed % 70)];
        new Random(seed).nextBytes(content);
        String hex = Bytes.hex(content);
        assertEquals(Hex.encode(content), hex);
        assertArrayEquals(content, Bytes.fromHex(hex).toArray());
        assertArrayEquals(content, Bytes.fromHex(hex.substring(2).toUpperCase(java.util.Locale.ROOT)).toArray());
    }

    @SeededTest
    void orderIsThatOfUnsignedBytes(long seed) {
        Random random = new Random(seed);
        byte[] a = new byte[random.nextInt(4)];
        byte[] b = new byte[random.nextInt(4)];
        random.nextBytes(a);
        random.nextBytes(b);
        assertEquals(Integer.signum(Arrays.compareUnsigned(a, b)),
                Integer.signum(Bytes.wrap(a).compareTo(Bytes.wrap(b))));
        assertEquals(Arrays.equals(a, b), Bytes.wrap(a).equals(Bytes.wrap(b)));
    }

    @Test
    void hexThatIsNoneIsRefused() {
        for (String text : List.of("0", "0x0", "0xg0", "zz", "0x 1", "１１", "0x0X")) {
            assertThrows(IllegalArgumentException.class, () -> Bytes.fromHex(text), text);
        }
    }

    @Test
    void aCopyDoesNotShareItsContent() {
        byte[] content = {1, 2};
        Bytes copy = Bytes.copyOf(content);
        Bytes wrapped = Bytes.wrap(content);
        content[0] = 9;
        assertEquals(Bytes.fromHex("0x0102"), copy);
        assertNotEquals(copy, wrapped);
        assertEquals("0x0902", wrapped.toString());
    }
}
