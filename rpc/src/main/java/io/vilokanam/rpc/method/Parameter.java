package io.vilokanam.rpc.method;

import java.util.Locale;

/** A declared parameter; methods read what came through it: {@link RpcParams#get} and {@link RpcParams#find}. */
public final class Parameter<T> {

    private final String name;
    private final String fieldName;
    private final boolean isOptional;
    private final ParameterType<T> type;

    private Parameter(String name, String fieldName, boolean isOptional, ParameterType<T> type) {
        this.name = name;
        this.fieldName = fieldName;
        this.isOptional = isOptional;
        this.type = type;
    }

    /** {@code name} in camelCase; by name, snake_case is taken too. */
    public static <T> Parameter<T> required(String name, ParameterType<T> type) {
        return new Parameter<>(name, snakeCase(name), false, type);
    }

    /** May be left out or null, also in the middle. */
    public static <T> Parameter<T> optional(String name, ParameterType<T> type) {
        return new Parameter<>(name, snakeCase(name), true, type);
    }

    /** A member of an object that is a parameter; it has no second name. */
    public static <T> Parameter<T> member(String name, ParameterType<T> type) {
        return new Parameter<>(name, name, false, type);
    }

    /** A member that may be left out or null. */
    public static <T> Parameter<T> optionalMember(String name, ParameterType<T> type) {
        return new Parameter<>(name, name, true, type);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    String name() {
        return name;
    }

    /** The name that messages use. */
    String fieldName() {
        return fieldName;
    }

    boolean isNamed(String given) {
        return given.equals(name) || given.equals(fieldName);
    }

    /** Null for a null that stands for an optional one that was left out. */
    T read(ValueReader value) throws InvalidValueException {
        return isOptional && value.skipNull() ? null : type.read(value);
    }

    boolean isOptional() {
        return isOptional;
    }

    ParameterType<T> type() {
        return type;
    }
}
