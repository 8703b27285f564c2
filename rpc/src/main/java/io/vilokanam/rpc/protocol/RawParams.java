package io.vilokanam.rpc.protocol;

import io.vilokanam.rpc.json.JsonScanner;

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
        return isNone() || isArray() && text[new JsonScanner(text).space(start + 1)] == ']';
    }

    public boolean isArray() {
        return !isNone() && text[start] == '[';
    }

    public boolean isObject() {
        return !isNone() && text[start] == '{';
    }
}
