package io.vilokanam.node.executing;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.Externalities;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateChanges;
import io.vilokanam.host.state.StorageOverlay;

/** Runtime calls one behind the other over one state. A call that traps leaves nothing behind. One thread at a time. */
public final class Execution {

    private final ChainRuntime runtime;
    private final StorageOverlay overlay;
    private final Externalities externalities;

    Execution(ChainRuntime runtime, ChainState state, HostServices services) {
        this(runtime, state, services, host -> host);
    }

    /** @param between stands between the runtime and its host */
    Execution(ChainRuntime runtime, ChainState state, HostServices services, UnaryOperator<Externalities> between) {
        this.runtime = runtime;
        this.overlay = new StorageOverlay(state,
                runtime.version().systemVersion() == 0 ? StateVersion.V0 : StateVersion.V1);
        this.externalities = between.apply(new HostExternalities(overlay, services));
    }

    /** Calls an entry point; what it writes is kept for the next call. */
    public byte[] call(String method, byte[] arguments) throws RuntimeTrap {
        return call(method, arguments, _ -> true);
    }

    /** Calls an entry point; what it writes is kept for the next call if the result is such that it {@code keeps}. */
    public byte[] call(String method, byte[] arguments, Predicate<byte[]> keeps) throws RuntimeTrap {
        int depth = overlay.depth();
        boolean isDone = false;
        overlay.startTransaction();
        try {
            byte[] result = run(method, arguments, depth);
            isDone = overlay.depth() == depth + 1;
            if (!isDone) {
                throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, method + " left storage transactions open");
            }
            if (keeps.test(result)) {
                overlay.commitTransaction();
            } else {
                overlay.rollbackTransaction();
            }
            return result;
        } finally {
            if (!isDone) {
                overlay.rollbackTo(depth);
            }
        }
    }

    /** A call that ran out of stack is made again where there is more. */
    private byte[] run(String method, byte[] arguments, int depth) throws RuntimeTrap {
        try {
            return runtime.call(method, arguments, externalities);
        } catch (RuntimeTrap trap) {
            if (!(trap.getCause() instanceof StackOverflowError)) {
                throw trap;
            }
            overlay.rollbackTo(depth);
            overlay.startTransaction();
            return DeepStack.run(() -> runtime.call(method, arguments, externalities));
        }
    }

    public ChainRuntime runtime() {
        return runtime;
    }

    /** All that was written. */
    public StateChanges changes() {
        return overlay.changes();
    }
}
