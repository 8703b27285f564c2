package io.vilokanam.frame.genesis;

/** How a value is read from JSON. */
@FunctionalInterface
public interface Shape<T> {

    T read(JsonInput input) throws JsonException;
}
