package io.vilokanam.rpc.method;

import java.math.BigDecimal;

/** Values as Rust writes them into the messages of serde_json: clients and their tests know those texts. */
final class RustText {

    /** How many digits a number may have in front of its point before it is written with an exponent (ryu, {@code pretty}). */
    private static final int DIGITS_MAX = 16;
    /** How many zeros may follow the point before a number is written with an exponent. */
    private static final int ZEROS_MAX = 5;

    private RustText() {}

    /** A string in quotes, as its debug form. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case 0 -> quoted.append("\\0");
                case '\t' -> quoted.append("\\t");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (isShown(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED ->
                false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** The shortest digits that mean the number, always with a point or an exponent. */
    static String number(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        int point = digits.length() - exact.scale();
        return (value < 0 ? "-" : "") + placed(digits, point);
    }

    /** {@code point}: how many digits stand in front of the point. */
    private static String placed(String digits, int point) {
        if (digits.length() <= point && point <= DIGITS_MAX) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        if (0 < point && point <= DIGITS_MAX) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-ZEROS_MAX < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return digits.charAt(0) + (digits.length() == 1 ? "" : "." + digits.substring(1)) + "e" + (point - 1);
    }
}
