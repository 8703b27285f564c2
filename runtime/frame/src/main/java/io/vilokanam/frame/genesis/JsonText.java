package io.vilokanam.frame.genesis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as bytes, and how far it was read. What is wrong is placed where serde_json places it, whether behind the byte or on it. */
final class JsonText {

    /** There is no more byte. */
    static final int END = -1;

    private static final int HEX_DIGITS = 4;
    private static final int SURROGATES = 0xd800;
    private static final int LOW_SURROGATES = 0xdc00;
    private static final int SURROGATES_END = 0xe000;
    static final String END_IN_VALUE = "EOF while parsing a value";
    static final String END_IN_LIST = "EOF while parsing a list";
    static final String END_IN_OBJECT = "EOF while parsing an object";
    private static final String END_IN_STRING = "EOF while parsing a string";
    private static final String CONTROL_CHARACTER = "control character (\\u0000-\\u001F) found while parsing a string";

    private final byte[] bytes;
    private int at;

    JsonText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The next byte, which stays the next one, or {@link #END}. */
    int peek() {
        return at < bytes.length ? bytes[at] & 255 : END;
    }

    /** Takes the next byte. */
    int next() {
        return at < bytes.length ? bytes[at++] & 255 : END;
    }

    void skip() {
        at++;
    }

    boolean isDigitNext() {
        return isDigit(peek());
    }

    static boolean isDigit(int next) {
        return next >= '0' && next <= '9';
    }

    /** Skips white space; the next byte then. */
    int peekBehindSpace() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return peek();
    }

    // What is wrong where.

    /** Something is wrong with the byte that was taken last. */
    JsonException wrong(String reason) {
        return wrongAt(reason, at);
    }

    /** Something is wrong with the next byte. */
    JsonException wrongNext(String reason) {
        return wrongAt(reason, Math.min(bytes.length, at + 1));
    }

    /** Places what nobody placed until now. */
    JsonException placed(JsonException wrong) {
        return wrong.isPlaced() ? wrong : wrong(wrong.reason());
    }

    private JsonException wrongAt(String reason, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return JsonException.at(reason, line, index - lineStart);
    }

    // Words and strings.

    /** Takes the rest of {@code null}, {@code true} or {@code false}. */
    void rest(String rest) throws JsonException {
        for (int i = 0; i < rest.length(); i++) {
            int next = next();
            if (next == END) {
                throw wrong(END_IN_VALUE);
            }
            if (next != rest.charAt(i)) {
                throw wrong("expected ident");
            }
        }
    }

    /** Takes what stands between a key and its value. */
    void colon() throws JsonException {
        int next = peekBehindSpace();
        if (next != ':') {
            throw wrongNext(next == END ? END_IN_OBJECT : "expected `:`");
        }
        skip();
    }

    /** Takes a string, whose first quote was taken. */
    String string() throws JsonException {
        byte[] content = new byte[Math.min(64, bytes.length)];
        int size = 0;
        while (true) {
            int start = at;
            skipPlain();
            content = with(content, size, at - start);
            System.arraycopy(bytes, start, content, size, at - start);
            size += at - start;
            int next = next();
            if (next == '"') {
                return utf8(Arrays.copyOf(content, size));
            }
            if (next != '\\') {
                throw wrong(next == END ? END_IN_STRING : CONTROL_CHARACTER);
            }
            byte[] escaped = new String(Character.toChars(escape())).getBytes(StandardCharsets.UTF_8);
            content = with(content, size, escaped.length);
            System.arraycopy(escaped, 0, content, size, escaped.length);
            size += escaped.length;
        }
    }

    private static byte[] with(byte[] content, int size, int more) {
        return size + more <= content.length ? content : Arrays.copyOf(content, 2 * (size + more));
    }

    /** Up to a quote, a backslash or a control character. */
    private void skipPlain() {
        while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 255) >= ' ') {
            at++;
        }
    }

    /** Malformed bytes decode to a replacement, which encodes to others. */
    private String utf8(byte[] content) throws JsonException {
        String string = new String(content, StandardCharsets.UTF_8);
        if (!Arrays.equals(string.getBytes(StandardCharsets.UTF_8), content)) {
            throw wrong("invalid unicode code point");
        }
        return string;
    }

    /** Takes what follows a backslash: a code point. */
    private int escape() throws JsonException {
        int kind = next();
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codePoint();
            case END -> throw wrong(END_IN_STRING);
            default -> throw wrong("invalid escape");
        };
    }

    private int codePoint() throws JsonException {
        int first = hex();
        if (first < SURROGATES || first >= SURROGATES_END) {
            return first;
        }
        if (first >= LOW_SURROGATES) {
            throw wrong("lone leading surrogate in hex escape");
        }
        requireInPair('\\');
        requireInPair('u');
        int second = hex();
        if (second < LOW_SURROGATES || second >= SURROGATES_END) {
            throw wrong("lone leading surrogate in hex escape");
        }
        return Character.toCodePoint((char) first, (char) second);
    }

    private void requireInPair(char wanted) throws JsonException {
        int next = next();
        if (next == END) {
            throw wrong(END_IN_STRING);
        }
        if (next != wanted) {
            throw wrong("unexpected end of hex escape");
        }
    }

    private int hex() throws JsonException {
        if (bytes.length - at < HEX_DIGITS) {
            at = bytes.length;
            throw wrong(END_IN_STRING);
        }
        int code = 0;
        boolean isHex = true;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit((char) next(), 16);
            isHex &= digit >= 0;
            code = code << 4 | digit;
        }
        if (!isHex) {
            throw wrong("invalid escape");
        }
        return code;
    }

    /** Takes a string that nobody needs, whose first quote was taken. */
    void ignoreString() throws JsonException {
        while (true) {
            skipPlain();
            if (peek() == END) {
                throw wrong(END_IN_STRING);
            }
            if (peek() < ' ') {
                throw wrong(CONTROL_CHARACTER);
            }
            if (next() == '"') {
                return;
            }
            ignoreEscape();
        }
    }

    private void ignoreEscape() throws JsonException {
        int kind = next();
        if (kind == 'u') {
            hex();
        } else if (kind == END) {
            throw wrong(END_IN_STRING);
        } else if ("\"\\/bfnrt".indexOf(kind) < 0) {
            throw wrong("invalid escape");
        }
    }
}
