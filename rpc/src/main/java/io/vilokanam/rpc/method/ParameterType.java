package io.vilokanam.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** How a parameter is read from JSON. */
@FunctionalInterface
public interface ParameterType<T> {

    /** Reads the value that comes next; it is never JSON's null where the parameter is optional. */
    T read(ValueReader value) throws InvalidValueException;

    /** What may be given, as JSON Schema: for the description of the methods. */
    default JsonNode schema() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The same type with a schema; {@code text}: JSON. */
    default ParameterType<T> described(String text) {
        ParameterType<T> reader = this;
        JsonNode schema = Schemas.parse(text);
        return new ParameterType<>() {
            @Override
            public T read(ValueReader value) throws InvalidValueException {
                return reader.read(value);
            }

            @Override
            public JsonNode schema() {
                return schema;
            }
        };
    }
}
