package io.vilokanam.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

class Utf8Test {

    private static final int TEXTS = 200;

    /** Bytes at which the rules of RFC 3629 change. */
    private static final int[] EDGES = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
            0xe1,
            0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};

    @Test
    void everyCodePointReadsBack() throws ScaleException {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = Character.toString(point);
                assertEquals(text, Utf8.decode(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @SeededTest
    void acceptsExactlyWhatAStrictDecoderAccepts(long seed) throws ScaleException {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            Optional<String> expected = strict(bytes);
            if (expected.isPresent()) {
                assertEquals(expected.get(), Utf8.decode(bytes));
            } else {
                assertThrows(ScaleException.class, () -> Utf8.decode(bytes), () -> Bytes.hex(bytes));
            }
        }
    }

    private static Optional<String> strict(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
