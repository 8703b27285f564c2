package io.vilokanam.node.importing;

import java.util.concurrent.atomic.AtomicBoolean;

import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.Hash;

/** A state that stays whole until this is closed, whatever is pruned meanwhile. */
public final class StateLease implements AutoCloseable {

    private final ChainState state;
    private final Runnable end;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    StateLease(ChainState state, Runnable end) {
        this.state = state;
        this.end = end;
    }

    /** Why nobody can have the state of a block, in the words of stock nodes. */
    public static String missing(Hash block) {
        return "UnknownBlock: State already discarded for " + block;
    }

    public ChainState state() {
        return state;
    }

    /** May be called more than once. */
    @Override
    public void close() {
        if (isOpen.getAndSet(false)) {
            end.run();
        }
    }
}
