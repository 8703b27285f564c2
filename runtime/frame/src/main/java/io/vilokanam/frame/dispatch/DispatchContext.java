package io.vilokanam.frame.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.ForwardingExternalities;

/**
 * What pallets remember from one call to another within the same outermost dispatch, and forget after it
 * ({@code frame_support::dispatch_context}). It is no storage: what a failing call noted here stays noted. It goes along with
 * the host that calls are given, which it passes everything on to.
 */
public final class DispatchContext extends ForwardingExternalities {

    private final Map<Class<?>, Object> notes = new HashMap<>();

    private DispatchContext(Externalities host) {
        super(host);
    }

    /** The host of an outermost dispatch with a context of its own; within one, the same. */
    public static Externalities around(Externalities host) {
        return host instanceof DispatchContext ? host : new DispatchContext(host);
    }

    /** The note of this type in the present dispatch, made by {@code initial} where there is none; empty outside of any. */
    public static <T> Optional<T> note(Externalities ext, Class<T> type, Supplier<T> initial) {
        return ext instanceof DispatchContext context
                ? Optional.of(type.cast(context.notes.computeIfAbsent(type, _ -> initial.get())))
                : Optional.empty();
    }
}
