package io.vilokanam.node.executing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.Externalities;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;

class ExecutionTest {

    /** Deeper than usual threads go, not as deep as a thread with a deep stack. */
    private static final int DEEP = 60_000;
    private static final byte[] KEY = {1};

    /** Appends to a list, then goes as deep as its arguments say. */
    private static final class Nesting implements ChainRuntime {

        @Override
        public RuntimeVersion version() {
            return new RuntimeVersion("nesting", "nesting", 1, 1, 1, List.of(), 1, 1);
        }

        @Override
        public byte[] call(String method, byte[] arguments, Externalities ext) throws RuntimeTrap {
            ext.append(KEY, new byte[]{7});
            ext.startTransaction();
            try {
                byte[] result = {(byte) descend(Integer.parseInt(method))};
                ext.commitTransaction();
                return result;
            } catch (StackOverflowError overflow) {
                throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, "too deep", overflow);
            }
        }

        private static int descend(int left) {
            return left == 0 ? 5 : descend(left - 1);
        }
    }

    private final Execution execution = new Execution(new Nesting(), ChainState.empty(),
            HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));

    private Map<Bytes, Optional<Bytes>> written() {
        return execution.changes().main();
    }

    @Test
    void aCallThatRunsOutOfStackIsMadeAgainWhereThereIsMore() throws Exception {
        assertArrayEquals(new byte[]{5}, execution.call(String.valueOf(DEEP), new byte[0]));
        assertEquals(Map.of(Bytes.wrap(KEY), Optional.of(Bytes.wrap(new byte[]{4, 7}))), written());
    }

    @Test
    void aCallWithoutEndPanicsAndLeavesNothing() {
        assertThrows(RuntimeTrap.class, () -> execution.call(String.valueOf(Integer.MAX_VALUE), new byte[0]));
        assertEquals(Map.of(), written());
    }

    /** As when clients ask for the same deep call again and again: each waits for its turn, and the stacks stay few. */
    @Test
    void fewCallsHaveADeepStackAtOneTime() throws Exception {
        int calls = 3 * DeepStack.RUNNING_MAX;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier all = new CyclicBarrier(DeepStack.RUNNING_MAX);
        List<Future<byte[]>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < calls; i++) {
                answers.add(threads.submit(() -> DeepStack.run(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    all.await();
                    running.decrementAndGet();
                    return new byte[]{5};
                })));
            }
            for (Future<byte[]> answer : answers) {
                assertArrayEquals(new byte[]{5}, answer.get());
            }
        }
        assertEquals(DeepStack.RUNNING_MAX, most.get());
    }
}
