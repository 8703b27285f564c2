package io.vilokanam.rpc.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds where JSON values end, and checks their grammar (RFC 8259), without building them. Needs one bit of memory a level
 * of nesting and no recursion, so that hostile nesting costs nothing: what is nested too deep is refused where it is read, not
 * where it is skipped, as in Substrate.
 */
public final class JsonScanner {

    private final byte[] text;
    private final int end;
    private long[] isObject = new long[2];
    private int depth;

    /** Scans the whole text. */
    public JsonScanner(byte[] text) {
        this(text, text.length);
    }

    private JsonScanner(byte[] text, int end) {
        this.text = text;
        this.end = end;
    }

    /** Fails if the text is not UTF-8. */
    public void requireUtf8() throws MalformedJsonException {
        if (!isUtf8(text, 0, end)) {
            throw new MalformedJsonException("UTF-8", 0);
        }
    }

    /** Whether a part of a text is UTF-8. */
    public static boolean isUtf8(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] >= 0) {
            at++;
        }
        if (at == end) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, at, end - at));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The place of the first byte that is no white space, or the text's end. */
    public int space(int from) {
        int at = from;
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The byte at a place, or -1 behind the end. */
    public int peek(int at) {
        return at < end ? text[at] & 255 : -1;
    }

    /** The place behind the byte, which must stand there. */
    public int expect(int at, char expected) throws MalformedJsonException {
        if (peek(at) != expected) {
            throw new MalformedJsonException("'" + expected + "'", at);
        }
        return at + 1;
    }

    /** Fails if anything but white space is left. */
    public void requireEnd(int from) throws MalformedJsonException {
        int at = space(from);
        if (at != end) {
            throw new MalformedJsonException("the end", at);
        }
    }

    /** The place behind the value that begins at {@code from}, white space before it allowed. */
    public int value(int from) throws MalformedJsonException {
        depth = 0;
        int at = open(space(from));
        while (depth > 0) {
            at = space(at);
            boolean inObject = isInObject();
            if (peek(at) == ',') {
                at = space(at + 1);
                at = open(inObject ? key(at) : at);
            } else {
                at = expect(at, inObject ? '}' : ']');
                depth--;
            }
        }
        return at;
    }

    /** Goes into containers until a value ends: the place behind it. */
    private int open(int from) throws MalformedJsonException {
        int at = from;
        while (true) {
            int first = peek(at);
            if (first == '{') {
                at = space(at + 1);
                if (peek(at) == '}') {
                    return at + 1;
                }
                push(true);
                at = key(at);
            } else if (first == '[') {
                at = space(at + 1);
                if (peek(at) == ']') {
                    return at + 1;
                }
                push(false);
            } else {
                return scalar(at, first);
            }
        }
    }

    private int scalar(int at, int first) throws MalformedJsonException {
        return switch (first) {
            case '"' -> string(at);
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            case 'n' -> literal(at, "null");
            default -> number(at);
        };
    }

    /** The place of the value behind a key and its colon. */
    public int key(int from) throws MalformedJsonException {
        return space(expect(space(string(from)), ':'));
    }

    /** The place behind a string's closing quote. */
    public int string(int from) throws MalformedJsonException {
        int at = expect(from, '"');
        while (true) {
            int c = peek(at);
            if (c == '"') {
                return at + 1;
            } else if (c == '\\') {
                at = escape(at + 1);
            } else if (c < 0x20) {
                throw new MalformedJsonException("a character of a string", at);
            } else {
                at++;
            }
        }
    }

    private int escape(int at) throws MalformedJsonException {
        int c = peek(at);
        if (c == 'u') {
            for (int i = 1; i <= 4; i++) {
                if (Character.digit(peek(at + i), 16) < 0) {
                    throw new MalformedJsonException("a hex digit", at + i);
                }
            }
            return at + 5;
        }
        if (c < 0 || "\"\\/bfnrt".indexOf(c) < 0) {
            throw new MalformedJsonException("an escape", at);
        }
        return at + 1;
    }

    private int literal(int from, String literal) throws MalformedJsonException {
        int at = from;
        for (int i = 0; i < literal.length(); i++) {
            at = expect(at, literal.charAt(i));
        }
        return at;
    }

    private int number(int from) throws MalformedJsonException {
        int at = peek(from) == '-' ? from + 1 : from;
        at = peek(at) == '0' ? at + 1 : digits(at);
        if (peek(at) == '.') {
            at = digits(at + 1);
        }
        if (peek(at) == 'e' || peek(at) == 'E') {
            at++;
            at = digits(peek(at) == '+' || peek(at) == '-' ? at + 1 : at);
        }
        return at;
    }

    private int digits(int from) throws MalformedJsonException {
        int at = from;
        while (peek(at) >= '0' && peek(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw new MalformedJsonException("a value", at);
        }
        return at;
    }

    private void push(boolean object) {
        if (depth >>> 6 == isObject.length) {
            isObject = Arrays.copyOf(isObject, 2 * isObject.length);
        }
        long bit = 1L << depth;
        isObject[depth >>> 6] = object ? isObject[depth >>> 6] | bit : isObject[depth >>> 6] & ~bit;
        depth++;
    }

    private boolean isInObject() {
        int top = depth - 1;
        return (isObject[top >>> 6] >>> top & 1) != 0;
    }
}
