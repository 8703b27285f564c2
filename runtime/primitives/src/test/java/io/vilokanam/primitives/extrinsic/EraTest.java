package io.vilokanam.primitives.extrinsic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.type.TypeDefinition.Enumeration;
import io.vilokanam.testkit.SeededTest;

class EraTest {

    @Test
    void everyPairOfBytesIsAnEraOrRefused() {
        int eras = 0;
        for (int pair = 0; pair < 1 << 16; pair++) {
            byte[] bytes = {(byte) pair, (byte) (pair >> 8)};
            if (bytes[0] == 0) {
                continue;
            }
            try {
                assertArrayEquals(bytes, Era.CODEC.encode(Era.CODEC.decodeAll(bytes)));
                eras++;
            } catch (ScaleException refused) {
                assertEquals(true, refused.getMessage().startsWith("era of period"));
            }
        }
        // Periods 4 to 4,096 have as many phases as blocks, the four longer ones 4,096 each.
        assertEquals(8_188 + 4 * 4_096, eras);
    }

    @SeededTest
    void aTransactionIsBornBeforeItIsSeenAndDiesOnePeriodLater(long seed) {
        Random random = new Random(seed);
        long current = random.nextLong() >>> random.nextInt(1, 64);
        Era era = Era.mortal(random.nextLong() >>> random.nextInt(64), current);
        Era.Mortal mortal = assertInstanceOf(Era.Mortal.class, era);
        assertEquals(true, era.birth(current) <= current);
        assertEquals(true, current - era.birth(current) < mortal.period());
        assertEquals(mortal.period(), era.death(current) - era.birth(current));
    }

    @Test
    void aBlockBeforeThePhaseBelongsToTheFirstPeriod() {
        assertEquals(40, new Era.Mortal(64, 40).birth(3));
        assertEquals(104, new Era.Mortal(64, 40).death(3));
        assertEquals(0, Era.IMMORTAL.birth(1000));
        assertEquals(-1, Era.IMMORTAL.death(1000));
    }

    @Test
    void impossibleErasCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Era.Mortal(2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Era.Mortal(96, 0));
        assertThrows(IllegalArgumentException.class, () -> new Era.Mortal(64, 64));
        assertThrows(IllegalArgumentException.class, () -> new Era.Mortal(65_536, 15));
    }

    @Test
    void metadataShowsAVariantForEachFirstByte() {
        Enumeration type = assertInstanceOf(Enumeration.class, Era.CODEC.type().definition().get());
        assertEquals(256, type.variants().size());
        assertEquals("Mortal255", type.variants().getLast().name());
    }
}
