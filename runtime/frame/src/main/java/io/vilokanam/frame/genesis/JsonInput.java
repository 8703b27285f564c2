package io.vilokanam.frame.genesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.vilokanam.primitives.text.RustText;
import io.vilokanam.scale.U128;

/**
 * JSON from which values are read by their shape, as stock runtimes read genesis configurations. What is refused is refused at
 * the same byte and in the same words as by serde_json 1.0.140 (features alloc and arbitrary_precision, from a slice) and what
 * serde 1.0.219 derives. Values are read while the text is: depth is that of the shapes, and nothing else is kept.
 */
public final class JsonInput {

    private static final String TRAILING_COMMA = "trailing comma";
    private static final String TRAILING_CHARACTERS = "trailing characters";

    private final JsonText text;
    private final JsonNumbers numbers;

    private JsonInput(byte[] json) {
        text = new JsonText(json);
        numbers = new JsonNumbers(text);
    }

    /** Reads one value, behind which nothing but white space may stand. */
    public static <T> T read(byte[] json, Shape<T> shape) throws JsonException {
        JsonInput input = new JsonInput(json);
        T value = shape.read(input);
        if (input.text.peekBehindSpace() != JsonText.END) {
            throw input.text.wrongNext(TRAILING_CHARACTERS);
        }
        return value;
    }

    // Values that are one.

    /** A string. */
    public String string() throws JsonException {
        if (valueStart() != '"') {
            throw invalidType("a string");
        }
        text.skip();
        return text.string();
    }

    /** A whole number of 32 bits. */
    public long u32() throws JsonException {
        return whole("u32", 32).longValueExact();
    }

    /** A whole number of 64 bits, without a sign. */
    public long u64() throws JsonException {
        return whole("u64", 64).longValue();
    }

    private BigInteger whole(String type, int bits) throws JsonException {
        int start = valueStart();
        if (start != '-' && !text.isDigitNext()) {
            throw invalidType(type);
        }
        if (start == '-') {
            text.skip();
        }
        return switch (numbers.number(start == '-')) {
            case JsonNumber.Whole(BigInteger value) -> {
                if (value.signum() < 0 || value.bitLength() > bits) {
                    throw text.wrong("invalid value: integer `" + value + "`, expected " + type);
                }
                yield value;
            }
            case JsonNumber.Broken(Binary64 value) ->
                throw text.wrong("invalid type: floating point `" + value + "`, expected " + type);
        };
    }

    /** A whole number of 128 bits, without a sign. */
    public U128 u128() throws JsonException {
        if (valueStart() == '-') {
            throw text.wrongNext("number out of range");
        }
        return U128.of(numbers.u128());
    }

    /** A value, or null. */
    public <T> Optional<T> optional(Shape<T> shape) throws JsonException {
        if (text.peekBehindSpace() != 'n') {
            return Optional.of(shape.read(this));
        }
        text.skip();
        text.rest("ull");
        return Optional.empty();
    }

    private int valueStart() throws JsonException {
        int start = text.peekBehindSpace();
        if (start == JsonText.END) {
            throw text.wrongNext(JsonText.END_IN_VALUE);
        }
        return start;
    }

    /** Something else stands here than what was expected. */
    private JsonException invalidType(String expected) throws JsonException {
        int start = text.peek();
        if (start != '[' && start != '{' && !text.isDigitNext()) {
            text.skip();
        }
        String found = switch (start) {
            case 'n' -> word("ull", "null");
            case 't' -> word("rue", "boolean `true`");
            case 'f' -> word("alse", "boolean `false`");
            case '-' -> numbers.described(true);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numbers.described(false);
            case '"' -> "string " + RustText.quoted(text.string());
            case '[' -> "sequence";
            case '{' -> "map";
            default -> throw text.wrong("expected value");
        };
        return text.wrong("invalid type: " + found + ", expected " + expected);
    }

    private String word(String rest, String description) throws JsonException {
        text.rest(rest);
        return description;
    }

    // Values that have others in them.

    /** A list of values. */
    public <T> List<T> list(Shape<T> shape) throws JsonException {
        return list(shape, Integer.MAX_VALUE);
    }

    /** A list of at most so many values. */
    public <T> List<T> list(Shape<T> shape, int sizeMax) throws JsonException {
        List<T> values = new ArrayList<>();
        requireList("a sequence", () -> {
            while (hasElement(values.isEmpty())) {
                T value = shape.read(this);
                if (values.size() >= sizeMax) {
                    throw new JsonException("out of bounds");
                }
                values.add(value);
            }
        });
        return values;
    }

    /** A list of exactly these. */
    public void tuple(Member<?>... elements) throws JsonException {
        String expected = "a tuple of size " + elements.length;
        requireList(expected, () -> elements(expected, elements));
    }

    private void requireList(String expected, Body body) throws JsonException {
        if (valueStart() != '[') {
            throw invalidType(expected);
        }
        enclosed(body, this::endOfList);
    }

    /**
     * An object of exactly these members in any order, or a list of them in this order.
     *
     * @param name what the type is called in what is said about it
     */
    public void struct(String name, Member<?>... members) throws JsonException {
        struct(name, true, members);
    }

    /** The same, but members that are not known do not matter. */
    public void openStruct(String name, Member<?>... members) throws JsonException {
        struct(name, false, members);
    }

    private void struct(String name, boolean isClosed, Member<?>... members) throws JsonException {
        String expected = "struct " + name;
        int start = valueStart();
        if (start == '{') {
            enclosed(() -> members(isClosed, members), this::endOfObject);
        } else if (start == '[') {
            String count = " with " + members.length + (members.length == 1 ? " element" : " elements");
            enclosed(() -> elements(expected + count, members), this::endOfList);
        } else {
            throw invalidType(expected);
        }
    }

    private interface Body {
        void read() throws JsonException;
    }

    /** Reads on to the end even where the body failed, as serde_json does: what the body did not place is placed there. */
    private void enclosed(Body body, Supplier<Optional<JsonException>> end) throws JsonException {
        text.skip();
        Optional<JsonException> failure = failureOf(body);
        Optional<JsonException> unclosed = end.get();
        Optional<JsonException> first = failure.or(() -> unclosed);
        if (first.isPresent()) {
            throw text.placed(first.get());
        }
    }

    private static Optional<JsonException> failureOf(Body body) {
        try {
            body.read();
            return Optional.empty();
        } catch (JsonException failure) {
            return Optional.of(failure);
        }
    }

    private void elements(String expected, Member<?>... members) throws JsonException {
        for (int i = 0; i < members.length; i++) {
            if (!hasElement(i == 0)) {
                throw new JsonException("invalid length " + i + ", expected " + expected);
            }
            members[i].read(this);
        }
    }

    private boolean hasElement(boolean isFirst) throws JsonException {
        int next = text.peekBehindSpace();
        if (next == JsonText.END) {
            throw text.wrongNext(JsonText.END_IN_LIST);
        }
        if (next == ']' || isFirst) {
            return next != ']';
        }
        if (next != ',') {
            throw text.wrongNext("expected `,` or `]`");
        }
        text.skip();
        return switch (text.peekBehindSpace()) {
            case ']' -> throw text.wrongNext(TRAILING_COMMA);
            case JsonText.END -> throw text.wrongNext(JsonText.END_IN_VALUE);
            default -> true;
        };
    }

    private Optional<JsonException> endOfList() {
        int next = text.peekBehindSpace();
        if (next == ']' || next == ',') {
            text.skip();
        }
        return switch (next) {
            case ']' -> Optional.empty();
            case ',' ->
                Optional.of(text.wrongNext(text.peekBehindSpace() == ']' ? TRAILING_COMMA : TRAILING_CHARACTERS));
            case JsonText.END -> Optional.of(text.wrongNext(JsonText.END_IN_LIST));
            default -> Optional.of(text.wrongNext(TRAILING_CHARACTERS));
        };
    }

    private void members(boolean isClosed, Member<?>... members) throws JsonException {
        for (boolean isFirst = true; hasMember(isFirst); isFirst = false) {
            text.skip();
            member(text.string(), isClosed, members);
        }
        for (Member<?> member : members) {
            if (!member.isRead()) {
                member.leaveOut();
            }
        }
    }

    private void member(String name, boolean isClosed, Member<?>... members) throws JsonException {
        for (Member<?> member : members) {
            if (member.name().equals(name)) {
                if (member.isRead()) {
                    throw new JsonException("duplicate field `" + name + "`");
                }
                text.colon();
                member.read(this);
                return;
            }
        }
        if (isClosed) {
            throw new JsonException("unknown field `" + name + "`, " + oneOf(members));
        }
        text.colon();
        new IgnoredJson(text, numbers).skip();
    }

    private static String oneOf(Member<?>... members) {
        List<String> names = new ArrayList<>();
        for (Member<?> member : members) {
            names.add("`" + member.name() + "`");
        }
        return switch (names.size()) {
            case 0 -> "there are no fields";
            case 1, 2 -> "expected " + String.join(" or ", names);
            default -> "expected one of " + String.join(", ", names);
        };
    }

    private boolean hasMember(boolean isFirst) throws JsonException {
        int next = text.peekBehindSpace();
        if (next == JsonText.END) {
            throw text.wrongNext(JsonText.END_IN_OBJECT);
        }
        if (next == '}') {
            return false;
        }
        if (!isFirst) {
            if (next != ',') {
                throw text.wrongNext("expected `,` or `}`");
            }
            text.skip();
            next = text.peekBehindSpace();
            if (next == '}' || next == JsonText.END) {
                throw text.wrongNext(next == '}' ? TRAILING_COMMA : JsonText.END_IN_VALUE);
            }
        }
        if (next != '"') {
            throw text.wrongNext("key must be a string");
        }
        return true;
    }

    private Optional<JsonException> endOfObject() {
        int next = text.peekBehindSpace();
        if (next == '}') {
            text.skip();
            return Optional.empty();
        }
        return Optional.of(text.wrongNext(switch (next) {
            case ',' -> TRAILING_COMMA;
            case JsonText.END -> JsonText.END_IN_OBJECT;
            default -> TRAILING_CHARACTERS;
        }));
    }
}
