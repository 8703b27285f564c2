package io.vilokanam.primitives.text;

import java.util.stream.IntStream;

/** Values as Rust writes them into messages, which clients and their tests know. */
public final class RustText {

    /** Marks that join the character before them and are no nonspacing marks (Unicode 16, Other_Grapheme_Extend). */
    private static final int[] JOINING = {0x09be, 0x09d7, 0x0b3e, 0x0b57, 0x0bbe, 0x0bd7, 0x0cc0, 0x0cc2, 0x0cc7,
            0x0cc8, 0x0cca, 0x0ccb, 0x0cd5,
            0x0cd6, 0x0d3e, 0x0d57, 0x0dcf, 0x0ddf, 0x1715, 0x1734, 0x1b35, 0x1b3b, 0x1b3d, 0x1b43, 0x1b44, 0x1baa,
            0x1bf2, 0x1bf3, 0x302e, 0x302f, 0xa953, 0xa9c0, 0xff9e, 0xff9f, 0x111c0, 0x11235, 0x1133e, 0x1134d,
            0x11357, 0x113b8, 0x113c2, 0x113c5, 0x113c7, 0x113c8, 0x113c9, 0x113cf, 0x114b0, 0x114bd, 0x115af,
            0x116b6, 0x11930, 0x1193d, 0x11f41, 0x16ff0, 0x16ff1, 0x1d165, 0x1d166, 0x1d16d, 0x1d16e, 0x1d16f,
            0x1d170, 0x1d171, 0x1d172};

    /** From so many digits before the point, or zeros behind it, on, an exponent is shown. */
    private static final int PLAIN_MAX = 16;
    private static final int ZEROS_MAX = 5;

    private RustText() {}

    /** A text in quotes as {@code {:?}} writes it: what cannot be seen, or only on another character, is escaped. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> append(quoted, character));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int character) {
        switch (character) {
            case 0 -> quoted.append("\\0");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            case '\n' -> quoted.append("\\n");
            case '\\', '"' -> quoted.append('\\').append((char) character);
            default -> {
                if (isShown(character)) {
                    quoted.appendCodePoint(character);
                } else {
                    quoted.append("\\u{").append(Integer.toHexString(character)).append('}');
                }
            }
        }
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> IntStream.of(JOINING).noneMatch(joining -> joining == character);
        };
    }

    /**
     * A number above zero as the crate ryu lays it out: {@code 1.5}, {@code 1e20}.
     *
     * @param digits without zeros at either end
     * @param point how many of the digits stand before the point; fewer than one where zeros follow it
     */
    public static String number(String digits, int point) {
        if (digits.length() <= point && point <= PLAIN_MAX) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        if (point > 0 && point <= PLAIN_MAX) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (point > -ZEROS_MAX && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        String rest = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + rest + "e" + (point - 1);
    }
}
