package io.vilokanam.rpc.method;

import java.util.List;
import java.util.Optional;

/** What was read for declared parameters, or for the members of a declared object. */
public final class ParameterValues {

    private final List<Parameter<?>> declared;
    private final Object[] values;

    /** {@code values}: in the order of the declarations, null where an optional one was left out. */
    ParameterValues(List<Parameter<?>> declared, Object[] values) {
        this.declared = declared;
        this.values = values;
    }

    /** The value of a required parameter. */
    public <T> T get(Parameter<T> parameter) {
        return find(parameter).orElseThrow(
                () -> new IllegalStateException("parameter " + parameter.name() + " is optional: find it instead"));
    }

    /** The value of an optional parameter. */
    @SuppressWarnings("unchecked") // the parameter's own type read the value
    public <T> Optional<T> find(Parameter<T> parameter) {
        int index = declared.indexOf(parameter);
        if (index < 0) {
            throw new IllegalArgumentException("parameter " + parameter.name() + " is not declared");
        }
        return Optional.ofNullable((T) values[index]);
    }
}
