package io.vilokanam.primitives.extrinsic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

class PreambleTest {

    @Test
    void fourBytesBeginAnExtrinsicAndNoOthers() {
        List<Integer> accepted = new ArrayList<>();
        for (int first = 0; first < 256; first++) {
            try {
                Preamble.decode(new ScaleInput(new byte[]{(byte) first, 7}));
                accepted.add(first);
            } catch (ScaleException refused) {
                assertEquals(true, refused.getMessage().contains("extrinsic"), refused.getMessage());
            }
        }
        assertEquals(List.of(0x04, 0x05, 0x45, 0x84), accepted);
    }

    @Test
    void refusalsSayWhichVersionWasExpected() {
        assertEquals("a signed extrinsic has version 4, got 5", refusal(0x85));
        assertEquals("a general extrinsic has version 5, got 4", refusal(0x44));
        assertEquals("a bare extrinsic has version 4 or 5, got 6", refusal(0x06));
    }

    private static String refusal(int first) {
        return assertThrows(ScaleException.class, () -> Preamble.decode(new ScaleInput(new byte[]{(byte) first})))
                .getMessage();
    }

    @Test
    void aGeneralExtrinsicNeedsTheVersionOfItsExtensions() throws ScaleException {
        assertEquals(new Preamble.General(7), Preamble.decode(new ScaleInput(new byte[]{0x45, 7})));
        assertThrows(ScaleException.class, () -> Preamble.decode(new ScaleInput(new byte[]{0x45})));
    }
}
