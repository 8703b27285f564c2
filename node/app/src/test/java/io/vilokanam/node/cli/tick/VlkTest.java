package io.vilokanam.node.cli.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.U128;

final class VlkTest {

    @Test
    void readsVlkAndPlancks() throws TickFailure {
        assertEquals(U128.of(1_000_000_000), Vlk.parse("0.001"));
        assertEquals(U128.of(1_000_000_000), Vlk.parse(" 0.001 VLK"));
        assertEquals(U128.of(1_000_000_000), Vlk.parse("1000000000plancks"));
        assertEquals(U128.ONE, Vlk.parse("1 planck"));
        assertEquals(U128.ONE, Vlk.parse("0.000000000001"));
        assertEquals(U128.of(1_000_000_000), Vlk.parse("1000000000"));
        assertEquals(U128.of(1_000_000_000_000L), Vlk.parse("1VLK"));
        assertEquals(U128.of(1_500_000_000_000L), Vlk.parse("1.5000000000000000"));
    }

    @Test
    void refusesWhatIsNoAmount() {
        for (String text : new String[]{"", "-1", "1e3", "0.0000000000001", "1.5 plancks", "VLK", "1,5", "0x10",
                "1 DOT",
                "9999999999999999999999999999999 VLK", "1".repeat(100)}) {
            assertThrows(TickFailure.class, () -> Vlk.parse(text), text);
        }
    }

    @Test
    void writesAllDecimalsAndNoMore() {
        assertEquals("0 VLK", Vlk.format(U128.ZERO));
        assertEquals("0.018 VLK", Vlk.format(U128.of(18_000_000_000L)));
        assertEquals("20 VLK", Vlk.format(U128.of(20_000_000_000_000L)));
        assertEquals("0.000000000001 VLK (1 plancks)", Vlk.exact(U128.ONE));
    }
}
