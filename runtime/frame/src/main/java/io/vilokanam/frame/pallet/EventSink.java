package io.vilokanam.frame.pallet;

import io.vilokanam.api.Externalities;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;

/** Where a pallet puts its events; they end up in {@code System.Events}, behind the pallet's index. */
public final class EventSink<E> {

    private final RuntimeScope runtime;
    private final int pallet;
    private final Variants<E> events;

    EventSink(RuntimeScope runtime, int pallet, Variants<E> events) {
        this.runtime = runtime;
        this.pallet = pallet;
        this.events = events;
    }

    public void deposit(Externalities ext, E event) {
        ScaleOutput out = new ScaleOutput();
        out.u8(pallet);
        events.encode(event, out);
        runtime.eventLog().append(ext, out.toByteArray());
    }
}
