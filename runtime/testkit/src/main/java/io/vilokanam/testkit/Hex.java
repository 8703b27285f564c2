package io.vilokanam.testkit;

import java.util.HexFormat;

/** Hex as the vectors and recordings write it: lower case behind {@code 0x}. */
public final class Hex {

    private Hex() {}

    public static byte[] decode(String hex) {
        if (!hex.startsWith("0x")) {
            throw new IllegalArgumentException("expected 0x in front of hex digits, got " + hex);
        }
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    public static String encode(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
