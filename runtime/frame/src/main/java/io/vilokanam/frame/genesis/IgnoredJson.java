package io.vilokanam.frame.genesis;

/** A value that nobody needs. It may be nested as deep as it likes: what encloses it is kept in a list, a byte a layer. */
final class IgnoredJson {

    private final JsonText text;
    private final JsonNumbers numbers;
    private final StringBuilder enclosing = new StringBuilder();

    IgnoredJson(JsonText text, JsonNumbers numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    void skip() throws JsonException {
        boolean opened = opens();
        while (!enclosing.isEmpty()) {
            if (closes(!opened)) {
                opened = false;
                enclosing.setLength(enclosing.length() - 1);
            } else {
                if (layer() == '{') {
                    key();
                }
                opened = opens();
            }
        }
    }

    private char layer() {
        return enclosing.charAt(enclosing.length() - 1);
    }

    /** Takes a value that has no others in it, or the beginning of one that may; whether it was the latter. */
    private boolean opens() throws JsonException {
        int next = text.peekBehindSpace();
        if (next == JsonText.END) {
            throw text.wrongNext(JsonText.END_IN_VALUE);
        }
        if (next != '-' && !text.isDigitNext() && "ntf\"[{".indexOf(next) < 0) {
            throw text.wrongNext("expected value");
        }
        if (!text.isDigitNext()) {
            text.skip();
        }
        switch (next) {
            case 'n' -> text.rest("ull");
            case 't' -> text.rest("rue");
            case 'f' -> text.rest("alse");
            case '"' -> text.ignoreString();
            case '[', '{' -> {
                enclosing.append((char) next);
                return true;
            }
            default -> numbers.ignore();
        }
        return false;
    }

    /** Takes a comma, or the end of the innermost layer; whether it was the latter. */
    private boolean closes(boolean mayGoOn) throws JsonException {
        int next = text.peekBehindSpace();
        boolean isList = layer() == '[';
        if (next == JsonText.END) {
            throw text.wrongNext(isList ? JsonText.END_IN_LIST : JsonText.END_IN_OBJECT);
        }
        boolean isEnd = next == (isList ? ']' : '}');
        if (isEnd || next == ',' && mayGoOn) {
            text.skip();
        } else if (mayGoOn) {
            throw text.wrongNext(isList ? "expected `,` or `]`" : "expected `,` or `}`");
        }
        return isEnd;
    }

    private void key() throws JsonException {
        int quote = text.peekBehindSpace();
        if (quote != '"') {
            throw text.wrongNext(quote == JsonText.END ? JsonText.END_IN_OBJECT : "key must be a string");
        }
        text.skip();
        text.ignoreString();
        text.colon();
    }
}
