package io.vilokanam.primitives.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RustTextTest {

    @Test
    void whatCannotBeSeenAloneIsEscaped() {
        assertEquals("\"a\\\"\\\\\\0\\t\\r\\n \u4e2d\ud83d\ude00\"",
                RustText.quoted("a\"\\\u0000\t\r\n \u4e2d\ud83d\ude00"));
        assertEquals("\"\\u{7f}\\u{a0}\\u{ad}\\u{301}\\u{9be}\"", RustText.quoted("\u007f\u00a0\u00ad\u0301\u09be"));
    }

    @Test
    void longNumbersHaveAnExponent() {
        assertEquals("1.5", RustText.number("15", 1));
        assertEquals("1000000000000000.0", RustText.number("1", 16));
        assertEquals("1e16", RustText.number("1", 17));
        assertEquals("0.000012", RustText.number("12", -4));
        assertEquals("1.2e-6", RustText.number("12", -5));
    }
}
