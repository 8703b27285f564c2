package io.vilokanam.frame.genesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vilokanam.frame.genesis.Json.JsonException;

/** Reads JSON text strictly: no comments, no trailing commas, no fractions, no member twice. */
public final class JsonReader {

    private static final int DEPTH_MAX = 64;
    private static final int DIGITS_MAX = 80;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    public static Json read(String text) throws JsonException {
        JsonReader reader = new JsonReader(text);
        Json value = reader.value();
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.expected("the end");
        }
        return value;
    }

    private Json value() throws JsonException {
        skipSpace();
        if (at == text.length()) {
            throw expected("a value");
        }
        char first = text.charAt(at);
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json object() throws JsonException {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        skipSpace();
        while (!take('}')) {
            if (!members.isEmpty()) {
                require(',');
                skipSpace();
            }
            String name = string();
            skipSpace();
            require(':');
            if (members.put(name, value()) != null) {
                throw new JsonException("member \"" + name + "\" stands twice");
            }
            skipSpace();
        }
        depth--;
        return new Json.Object(members);
    }

    private Json array() throws JsonException {
        enter();
        List<Json> items = new ArrayList<>();
        skipSpace();
        while (!take(']')) {
            if (!items.isEmpty()) {
                require(',');
            }
            items.add(value());
            skipSpace();
        }
        depth--;
        return new Json.Array(items);
    }

    private void enter() throws JsonException {
        at++;
        if (++depth > DEPTH_MAX) {
            throw new JsonException("nested deeper than " + DEPTH_MAX);
        }
    }

    private String string() throws JsonException {
        require('"');
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char next = text.charAt(at++);
            if (next < ' ') {
                throw expected("no control character");
            }
            content.append(next == '\\' ? escape() : next);
        }
        require('"');
        return content.toString();
    }

    private char escape() throws JsonException {
        if (at == text.length()) {
            throw expected("an escape");
        }
        char kind = text.charAt(at++);
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw expected("an escape");
        };
    }

    private char unicode() throws JsonException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw expected("four hex digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Json number() throws JsonException {
        int start = at;
        take('-');
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty() || digits.equals("-") || digits.length() > DIGITS_MAX
                || at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
            throw expected("a whole number");
        }
        return new Json.Number(new BigInteger(digits));
    }

    private Json word(String word, Json value) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw expected(word);
        }
        at += word.length();
        return value;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char wanted) throws JsonException {
        if (!take(wanted)) {
            throw expected("'" + wanted + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException expected(String what) {
        return new JsonException("expected " + what + " at character " + at);
    }
}
