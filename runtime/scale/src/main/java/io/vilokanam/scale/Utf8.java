package io.vilokanam.scale;

import java.nio.charset.StandardCharsets;

/** Strict UTF-8 (RFC 3629): overlong forms, surrogates and code points above U+10FFFF are errors, never replaced. */
final class Utf8 {

    private Utf8() {}

    static String decode(byte[] bytes) throws ScaleException {
        int at = 0;
        while (at < bytes.length) {
            at += sequence(bytes, at);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The length of the valid sequence that starts at {@code at}. */
    private static int sequence(byte[] bytes, int at) throws ScaleException {
        int first = bytes[at] & 255;
        int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            throw invalid(at);
        }
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 255;
            if (next < low || next > high) {
                throw invalid(at);
            }
            low = 0x80;
            high = 0xbf;
        }
        return length;
    }

    private static ScaleException invalid(int at) {
        return new ScaleException("invalid UTF-8 at byte " + at);
    }
}
