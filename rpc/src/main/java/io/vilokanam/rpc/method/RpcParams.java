package io.vilokanam.rpc.method;

import java.util.List;
import java.util.Optional;

/** What a call brought: its parameters, and where it came from. */
public final class RpcParams {

    private final List<Parameter<?>> declared;
    private final Object[] values;
    private final long connection;
    private final boolean isUnsafeAllowed;

    RpcParams(List<Parameter<?>> declared, Object[] values, long connection, boolean isUnsafeAllowed) {
        this.declared = declared;
        this.values = values;
        this.connection = connection;
        this.isUnsafeAllowed = isUnsafeAllowed;
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
            throw new IllegalArgumentException("the method does not declare parameter " + parameter.name());
        }
        return Optional.ofNullable((T) values[index]);
    }

    /** Names the connection, for as long as the server runs; each HTTP request is a connection of its own. */
    public long connection() {
        return connection;
    }

    /** Whether methods that are not for strangers may be called here. */
    public boolean isUnsafeAllowed() {
        return isUnsafeAllowed;
    }
}
