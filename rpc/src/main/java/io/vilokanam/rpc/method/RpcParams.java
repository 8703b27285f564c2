package io.vilokanam.rpc.method;

import java.util.List;
import java.util.Optional;

import io.vilokanam.rpc.backend.Registration;

/** What a call brought: its parameters, and where it came from. */
public final class RpcParams {

    private final ParameterValues values;
    private final RpcSession session;
    private final boolean isUnsafeAllowed;
    private final List<Runnable> afterwards;

    RpcParams(ParameterValues values, RpcSession session, boolean isUnsafeAllowed, List<Runnable> afterwards) {
        this.values = values;
        this.session = session;
        this.isUnsafeAllowed = isUnsafeAllowed;
        this.afterwards = afterwards;
    }

    /** The value of a required parameter. */
    public <T> T get(Parameter<T> parameter) {
        return values.get(parameter);
    }

    /** The value of an optional parameter. */
    public <T> Optional<T> find(Parameter<T> parameter) {
        return values.find(parameter);
    }

    /** Names the connection, for as long as the server runs; all HTTP requests together are connection 0. */
    public long connection() {
        return session.connection();
    }

    /** Does something once the answer is on its way, before anything that is sent later. It must not block. */
    public void afterAnswer(Runnable action) {
        afterwards.add(action);
    }

    /** Gives something up when the client disconnects; closing the result takes that back. */
    public Registration whenDisconnected(Registration held) {
        return session.whenClosed(held);
    }

    /** Whether methods that are not for strangers may be called here. */
    public boolean isUnsafeAllowed() {
        return isUnsafeAllowed;
    }
}
