package io.vilokanam.rpc.method;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vilokanam.primitives.text.RustText;
import io.vilokanam.rpc.json.JsonScanner;
import io.vilokanam.rpc.json.JsonString;
import io.vilokanam.rpc.json.JsonString.HalfCharacterException;
import io.vilokanam.rpc.json.MalformedJsonException;

/**
 * Reads values one after the other from a text that is known to be JSON, and refuses what does not fit in serde_json's words: with
 * line and column of where that library would have stopped, counted from where the reader began. Scalars are named when they were
 * read, so that the place is behind them; lists and objects before.
 */
public final class ValueReader {

    private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger I64_MIN = BigInteger.ONE.shiftLeft(63).negate();
    private static final int DIGITS_MAX = 20;
    private static final int NOTHING = -1;

    private final byte[] text;
    private final int origin;
    private final JsonScanner scanner;
    private final ObjectMapper trees;
    private int at;

    /** {@code origin}: the first byte that is read, from which columns are counted; {@code trees} makes trees of values. */
    ValueReader(byte[] text, int origin, ObjectMapper trees) {
        this.text = text;
        this.origin = origin;
        this.at = origin;
        this.scanner = new JsonScanner(text);
        this.trees = trees;
    }

    /** Where the next value, or what stands between values, begins. */
    int position() {
        return scanner.space(at);
    }

    /** A string. */
    public String text(String expected) throws InvalidValueException {
        if (first() != '"') {
            throw wrongType(expected);
        }
        return string();
    }

    public boolean bool() throws InvalidValueException {
        int first = first();
        if (first != 't' && first != 'f') {
            throw wrongType("a boolean");
        }
        at = end();
        return first == 't';
    }

    /** A whole number from 0 to {@code max}, both without sign; {@code expected}: its type's name. */
    public long unsigned(long max, String expected) throws InvalidValueException {
        int first = first();
        if (first != '-' && !isDigit(first)) {
            throw wrongType(expected);
        }
        String number = scalar();
        if (!isInteger(number) || number.equals("-0")) {
            double floating = Double.parseDouble(number);
            if (Double.isInfinite(floating)) {
                throw refused("number out of range");
            }
            throw refused("invalid type: floating point `" + floating(floating) + "`, expected " + expected);
        }
        var value = new BigInteger(number);
        if (value.signum() < 0 || Long.compareUnsigned(value.longValue(), max) > 0) {
            throw refused("invalid value: integer `" + value + "`, expected " + expected);
        }
        return value.longValue();
    }

    public <T> List<T> list(ParameterType<T> item) throws InvalidValueException {
        if (first() != '[') {
            throw wrongType("a sequence");
        }
        var items = new ArrayList<T>();
        at++;
        while (hasMore(']')) {
            items.add(item.read(this));
        }
        return List.copyOf(items);
    }

    /**
     * An object with the given members, others are ignored; or, where {@code name} is not empty, a list of them in their order.
     * {@code name}: of the type, for messages.
     */
    public ParameterValues object(String name, List<Parameter<?>> members) throws InvalidValueException {
        var values = new Object[members.size()];
        int first = first();
        if (first == '[' && !name.isEmpty()) {
            elements(name, members, values);
        } else if (first == '{') {
            members(members, values);
        } else {
            throw wrongType("struct " + name);
        }
        return new ParameterValues(members, values);
    }

    private void elements(String name, List<Parameter<?>> members, Object[] values) throws InvalidValueException {
        at++;
        for (int i = 0; i < values.length; i++) {
            if (hasMore(']')) {
                values[i] = members.get(i).read(this);
            } else if (members.get(i).isOptional()) {
                return;
            } else {
                throw refused("invalid length " + i + ", expected struct " + name + " with " + values.length
                        + " elements");
            }
        }
        if (hasMore(']')) {
            throw refusedHere("trailing characters");
        }
    }

    private void members(List<Parameter<?>> members, Object[] values) throws InvalidValueException {
        var found = new boolean[values.length];
        at++;
        while (hasMore('}')) {
            first();
            int index = indexOf(string(), members);
            if (index != NOTHING && found[index]) {
                throw refused("duplicate field `" + members.get(index).fieldName() + "`");
            }
            colon();
            if (index == NOTHING) {
                at = end();
            } else {
                found[index] = true;
                values[index] = members.get(index).read(this);
            }
        }
        for (int i = 0; i < found.length; i++) {
            if (!found[i] && !members.get(i).isOptional()) {
                throw refused("missing field `" + members.get(i).fieldName() + "`");
            }
        }
    }

    private static int indexOf(String name, List<Parameter<?>> members) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).isNamed(name)) {
                return i;
            }
        }
        return NOTHING;
    }

    /** One of some names: a string, or an object with the name as key of null. */
    public String oneOf(List<String> names) throws InvalidValueException {
        if (first() == '"') {
            return variant(names);
        }
        openVariant();
        String name = variant(names);
        colon();
        if (!skipNull()) {
            throw wrongType("unit");
        }
        closeVariant();
        return name;
    }

    /** An object with one member, whose name decides how it is read. */
    public <T> T tagged(List<Parameter<? extends T>> variants) throws InvalidValueException {
        List<String> names = variants.stream().map(Parameter::name).toList();
        if (first() == '"') {
            variant(names);
            throw refused("invalid type: unit variant, expected newtype variant");
        }
        openVariant();
        Parameter<? extends T> variant = variants.get(names.indexOf(variant(names)));
        colon();
        T value = variant.read(this);
        closeVariant();
        return value;
    }

    private void openVariant() throws InvalidValueException {
        if (first() != '{') {
            throw refusedHere("expected value");
        }
        at++;
        if (first() != '"') {
            throw refusedHere("expected value");
        }
    }

    private void closeVariant() throws InvalidValueException {
        if (first() != '}') {
            throw refused("expected value");
        }
        at++;
    }

    private String variant(List<String> names) throws InvalidValueException {
        String name = string();
        if (!names.contains(name)) {
            String listed = "`" + String.join(names.size() == 2 ? "` or `" : "`, `", names) + "`";
            throw refused("unknown variant `" + name + "`, expected " + (names.size() > 2 ? "one of " : "") + listed);
        }
        return name;
    }

    /** Passes over a null, if one comes next. */
    boolean skipNull() throws InvalidValueException {
        boolean isNull = first() == 'n';
        if (isNull) {
            at = end();
        }
        return isNull;
    }

    /** A value of one of several types, which serde tries in turn once it has the whole value; their faults are not told. */
    public <T> T untagged(String name, ParameterType<T> types) throws InvalidValueException {
        int first = first();
        if (first == ']' || first == '}') {
            throw refusedHere("expected value");
        }
        int start = at;
        tree();
        at = start;
        try {
            return types.read(this);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("data did not match any variant of untagged enum " + name);
        }
    }

    /** Whether a list comes next. */
    public boolean isList() {
        return first() == '[';
    }

    /** The next value, whatever it is, as a tree. */
    public JsonNode tree() throws InvalidValueException {
        first();
        int start = at;
        at = end();
        try {
            return trees.readTree(text, start, at - start);
        } catch (IOException e) {
            // Grammar was checked before: what is left are the limits of nesting and of numbers.
            throw refused("recursion limit exceeded");
        }
    }

    /** The refusal of what was read. */
    public InvalidValueException refused(String message) {
        return refusedAt(message, at);
    }

    /** The refusal of the byte that comes next. */
    private InvalidValueException refusedHere(String message) {
        return refusedAt(message, at + 1);
    }

    private InvalidValueException refusedAt(String message, int place) {
        int line = 1;
        int column = 0;
        for (int i = origin; i < place; i++) {
            boolean isLineEnd = text[i] == '\n';
            line += isLineEnd ? 1 : 0;
            column = isLineEnd ? 0 : column + 1;
        }
        return new InvalidValueException(message + " at line " + line + " column " + column);
    }

    /** The refusal of what comes next, in favour of something else. */
    private InvalidValueException wrongType(String expected) throws InvalidValueException {
        int first = first();
        if (first == ']' || first == '}' || first == ',') {
            throw refusedHere("expected value");
        }
        String found = switch (first) {
            case '[' -> "sequence";
            case '{' -> "map";
            case '"' -> "string " + RustText.quoted(string());
            case 'n' -> scalar();
            case 't', 'f' -> "boolean `" + scalar() + "`";
            default -> number(scalar());
        };
        return refused("invalid type: " + found + ", expected " + expected);
    }

    /** The shortest digits that mean the number. */
    private static String floating(double value) {
        if (value == 0) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        return (value < 0 ? "-" : "") + RustText.number(digits, digits.length() - exact.scale());
    }

    private static String number(String number) {
        return isInteger(number) ? "integer `" + new BigInteger(number) + "`" : "number";
    }

    /** Whether a number is written as an integer, and fits 64 bits with or without sign. */
    private static boolean isInteger(String number) {
        if (number.length() > DIGITS_MAX || number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return false;
        }
        var integer = new BigInteger(number);
        return integer.compareTo(U64_MAX) <= 0 && integer.compareTo(I64_MIN) >= 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Goes to where the next value begins: its first byte. */
    private int first() {
        at = scanner.space(at);
        return scanner.peek(at);
    }

    /** Goes on to the next item of a list or object; false, and behind the closing bracket, if there is none. */
    private boolean hasMore(char closing) {
        int next = first();
        if (next == closing) {
            at++;
            return false;
        }
        if (next == ',') {
            at++;
        }
        return true;
    }

    private void colon() {
        first();
        at++;
    }

    /** The place behind the value that comes next. */
    private int end() throws InvalidValueException {
        try {
            return scanner.value(at);
        } catch (MalformedJsonException e) {
            throw new InvalidValueException(e.getMessage());
        }
    }

    private String scalar() throws InvalidValueException {
        int start = at;
        at = end();
        return new String(text, start, at - start, StandardCharsets.US_ASCII);
    }

    private String string() throws InvalidValueException {
        int start = at;
        at = end();
        try {
            return JsonString.read(text, start, at);
        } catch (HalfCharacterException e) {
            throw refusedAt(e.getMessage(), e.place());
        }
    }
}
