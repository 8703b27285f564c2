package io.vilokanam.primitives.dispatch;

import io.vilokanam.primitives.Weight;

/**
 * What a call costs before it runs ({@code frame_support::dispatch::DispatchInfo}): weight of the call, weight of the
 * transaction extensions, class, and whether a fee is paid. Not itself on the wire; events carry
 * {@code DispatchEventInfo}.
 */
public record DispatchInfo(Weight callWeight, Weight extensionWeight, DispatchClass dispatchClass, Pays paysFee) {

    public Weight totalWeight() {
        return callWeight.plus(extensionWeight);
    }
}
