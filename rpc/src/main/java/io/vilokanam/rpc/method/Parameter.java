package io.vilokanam.rpc.method;

import java.util.Locale;

/** A declared parameter; methods read what came through it: {@link RpcParams#get} and {@link RpcParams#find}. */
public final class Parameter<T> {

    private final String name;
    private final String snakeCaseName;
    private final boolean isOptional;
    private final ParameterType<T> type;

    private Parameter(String name, boolean isOptional, ParameterType<T> type) {
        this.name = name;
        this.snakeCaseName = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        this.isOptional = isOptional;
        this.type = type;
    }

    /** {@code name} in camelCase; by name, snake_case is taken too. */
    public static <T> Parameter<T> required(String name, ParameterType<T> type) {
        return new Parameter<>(name, false, type);
    }

    /** May be left out or null, also in the middle. */
    public static <T> Parameter<T> optional(String name, ParameterType<T> type) {
        return new Parameter<>(name, true, type);
    }

    String name() {
        return name;
    }

    String snakeCaseName() {
        return snakeCaseName;
    }

    boolean isOptional() {
        return isOptional;
    }

    ParameterType<T> type() {
        return type;
    }
}
