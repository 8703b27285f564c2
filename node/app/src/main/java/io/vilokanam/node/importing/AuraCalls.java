package io.vilokanam.node.importing;

import java.util.List;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** The Aura runtime API of a state. */
public final class AuraCalls {

    private static final Codec<List<PublicKey>> AUTHORITIES = Codecs.vec(PublicKey.AURA);

    private AuraCalls() {}

    /** Milliseconds. */
    public static long slotDuration(RuntimeExecutor executor, ChainState state) throws RuntimeUnavailableException {
        return ask(executor, state, "AuraApi_slot_duration", Codecs.U64);
    }

    public static List<PublicKey> authorities(RuntimeExecutor executor, ChainState state)
            throws RuntimeUnavailableException {
        return ask(executor, state, "AuraApi_authorities", AUTHORITIES);
    }

    private static <T> T ask(RuntimeExecutor executor, ChainState state, String method, Codec<T> codec)
            throws RuntimeUnavailableException {
        try {
            return codec.decodeAll(executor.call(state, method, Bytes.EMPTY.view()));
        } catch (RuntimeTrap | ScaleException e) {
            throw new RuntimeUnavailableException(method + " failed: " + e.getMessage());
        }
    }
}
