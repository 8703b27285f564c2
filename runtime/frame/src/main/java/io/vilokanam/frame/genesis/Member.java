package io.vilokanam.frame.genesis;

import java.util.Optional;

/** A member of a JSON object, or an element of a tuple: what it is called, how it is read, and its value once it was. */
public final class Member<T> {

    private final String name;
    private final Shape<T> shape;
    private final Optional<T> absent;
    private Optional<T> value = Optional.empty();

    private Member(String name, Shape<T> shape, Optional<T> absent) {
        this.name = name;
        this.shape = shape;
        this.absent = absent;
    }

    public static <T> Member<T> named(String name, Shape<T> shape) {
        return new Member<>(name, shape, Optional.empty());
    }

    /** One that may be null, or missing. */
    public static <T> Member<Optional<T>> optional(String name, Shape<T> shape) {
        return new Member<>(name, input -> input.optional(shape), Optional.of(Optional.empty()));
    }

    /** An element of a tuple. */
    public static <T> Member<T> element(Shape<T> shape) {
        return named("", shape);
    }

    String name() {
        return name;
    }

    boolean isRead() {
        return value.isPresent();
    }

    void read(JsonInput input) throws JsonException {
        value = Optional.of(shape.read(input));
    }

    /** Nothing was said about this member. */
    void leaveOut() throws JsonException {
        value = Optional.of(absent.orElseThrow(() -> new JsonException("missing field `" + name + "`")));
    }

    /** The value that was read. */
    public T value() {
        return value.orElseThrow(() -> new IllegalStateException("member " + name + " was not read"));
    }
}
