package io.vilokanam.rpc.json;

import java.nio.charset.StandardCharsets;

/** Reads the strings of a text that is known to be JSON in UTF-8. */
public final class JsonString {

    private static final String LONE_SURROGATE = "lone leading surrogate in hex escape";
    private static final String UNFINISHED_ESCAPE = "unexpected end of hex escape";

    /** Half of a character outside of Unicode's first plane; the message is serde_json's. */
    public static final class HalfCharacterException extends Exception {

        private static final long serialVersionUID = 1;

        private final int place;

        private HalfCharacterException(String message, int place) {
            super(message, null, false, false);
            this.place = place;
        }

        /** Behind what was read when the fault was seen. */
        public int place() {
            return place;
        }
    }

    private final byte[] text;
    private int at;

    private JsonString(byte[] text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The content of the string whose opening quote is at {@code start} and whose closing quote is before {@code end}. */
    public static String read(byte[] text, int start, int end) throws HalfCharacterException {
        int at = start + 1;
        while (at < end - 1 && text[at] != '\\') {
            at++;
        }
        if (at == end - 1) {
            return new String(text, start + 1, at - start - 1, StandardCharsets.UTF_8);
        }
        return new JsonString(text, start + 1).unescaped(end - 1);
    }

    private String unescaped(int end) throws HalfCharacterException {
        var content = new StringBuilder(end - at);
        int plain = at;
        while (at < end) {
            if (text[at] == '\\') {
                content.append(new String(text, plain, at - plain, StandardCharsets.UTF_8));
                content.appendCodePoint(escaped());
                plain = at;
            } else {
                at++;
            }
        }
        return content.append(new String(text, plain, at - plain, StandardCharsets.UTF_8)).toString();
    }

    /** What an escape means; goes behind it. */
    private int escaped() throws HalfCharacterException {
        int kind = text[at + 1];
        at += 2;
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> kind;
        };
    }

    private int unicode() throws HalfCharacterException {
        int first = fourDigits();
        if (Character.isLowSurrogate((char) first)) {
            throw new HalfCharacterException(LONE_SURROGATE, at);
        }
        if (!Character.isHighSurrogate((char) first)) {
            return first;
        }
        if (text[at] != '\\') {
            throw new HalfCharacterException(UNFINISHED_ESCAPE, at + 1);
        }
        if (text[at + 1] != 'u') {
            throw new HalfCharacterException(UNFINISHED_ESCAPE, at + 2);
        }
        at += 2;
        int second = fourDigits();
        if (!Character.isLowSurrogate((char) second)) {
            throw new HalfCharacterException(LONE_SURROGATE, at);
        }
        return Character.toCodePoint((char) first, (char) second);
    }

    private int fourDigits() {
        int digits = Integer.parseInt(new String(text, at, 4, StandardCharsets.US_ASCII), 16);
        at += 4;
        return digits;
    }
}
