package io.vilokanam.pallets.proxy;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.scale.Codec;

/** The kinds of proxies that a runtime has, by their index ({@code InstanceFilter}); kind 0 may do everything. */
public interface ProxyKinds {

    Codec<Integer> codec();

    /** Whether a proxy of this kind may make the call. */
    boolean allows(int kind, RuntimeCall call);

    /** Whether {@code kind} may do all that {@code other} may. */
    boolean isSupersetOf(int kind, int other);
}
