package io.vilokanam.rpc.protocol;

/**
 * The text of a request's {@code params}: the bytes from {@code start} to {@code end}, grammatical JSON. Absent params and null
 * are an empty range.
 */
public record RawParams(byte[] text, int start, int end) {

    public static final RawParams NONE = new RawParams(new byte[0], 0, 0);

    public boolean isNone() {
        return start == end;
    }

    /** Whether no parameter is given: none at all, or an empty list. */
    public boolean isEmpty() {
        if (!isArray()) {
            return isNone();
        }
        int at = start + 1;
        while (text[at] <= ' ') {
            at++;
        }
        return text[at] == ']';
    }

    public boolean isArray() {
        return !isNone() && text[start] == '[';
    }

    public boolean isObject() {
        return !isNone() && text[start] == '{';
    }
}
