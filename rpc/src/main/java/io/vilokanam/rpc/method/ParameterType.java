package io.vilokanam.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;

/** How a parameter is read from JSON. */
@FunctionalInterface
public interface ParameterType<T> {

    /** {@code value} is never JSON's null where the parameter is optional. */
    T read(JsonNode value) throws InvalidValueException;
}
