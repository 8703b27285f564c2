package io.vilokanam.runtime.composition;

import java.util.function.Supplier;

/** A pallet that is built later than one that asks it: set once, while the runtime is composed. */
final class Later<T> implements Supplier<T> {

    private T value;

    void set(T built) {
        if (value != null) {
            throw new IllegalStateException(built + " is built twice");
        }
        value = built;
    }

    @Override
    public T get() {
        if (value == null) {
            throw new IllegalStateException("a pallet is asked before it is built");
        }
        return value;
    }
}
