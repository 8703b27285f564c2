package io.vilokanam.frame.metadata;

import java.util.List;
import java.util.function.Function;

/**
 * A runtime API in metadata.
 *
 * @param version a u32; from version 16 on, as deprecation
 */
public record ApiDescription<T>(String name, List<Method<T>> methods, List<String> docs, long version,
        Deprecation deprecation) {

    /** A method; on the wire it is called {@code Api_method}. */
    public record Method<T>(String name, List<Parameter<T>> inputs, T output, List<String> docs,
            Deprecation deprecation) {
        <U> Method<U> map(Function<T, U> types) {
            List<Parameter<U>> mapped = inputs.stream().map(input -> input.map(types)).toList();
            return new Method<>(name, mapped, types.apply(output), docs, deprecation);
        }
    }

    public record Parameter<T>(String name, T type) {
        <U> Parameter<U> map(Function<T, U> types) {
            return new Parameter<>(name, types.apply(type));
        }
    }

    <U> ApiDescription<U> map(Function<T, U> types) {
        return new ApiDescription<>(name, methods.stream().map(method -> method.map(types)).toList(), docs, version,
                deprecation);
    }
}
