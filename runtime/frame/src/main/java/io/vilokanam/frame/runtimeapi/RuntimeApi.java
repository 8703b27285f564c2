package io.vilokanam.frame.runtimeapi;

import java.util.List;

/** A runtime API: a set of entry points that are named {@code Api_method}. */
public record RuntimeApi(ApiIdentity identity, List<ApiMethod> methods) {

    public static RuntimeApi api(ApiIdentity identity, ApiMethod... methods) {
        return new RuntimeApi(identity, List.of(methods));
    }

    public String name() {
        return identity.name();
    }
}
