package io.vilokanam.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

/** Random transactions of a few accounts, pruned and thrown out at random; what must hold after each step is looked at. */
final class DependencyGraphModelTest {

    private static final int ACCOUNTS = 4;
    private static final int NONCES = 8;
    private static final int STEPS = 120;

    private static Bytes tag(int account, int nonce) {
        return Bytes.wrap(new byte[]{(byte) account, (byte) nonce});
    }

    private static PoolTransaction transaction(int account, int nonce, int next, int priority, int mark) {
        OpaqueExtrinsic extrinsic = new OpaqueExtrinsic(
                Bytes.wrap(new byte[]{(byte) account, (byte) nonce, (byte) priority, (byte) (mark >> 8), (byte) mark}));
        List<Bytes> requires = nonce > next ? List.of(tag(account, nonce - 1)) : List.of();
        return PoolTransaction.validAt(1, Submission.of(extrinsic, Optional.empty()), TransactionSource.EXTERNAL,
                new ValidTransaction(priority, requires, List.of(tag(account, nonce)), 64, true));
    }

    @SeededTest(runs = 200)
    void neverOffersATransactionBeforeWhatItRequires(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DependencyGraph graph = new DependencyGraph();
        int[] next = new int[ACCOUNTS];
        Set<Bytes> onChain = new HashSet<>();
        for (int step = 0; step < STEPS; step++) {
            int account = random.nextInt(ACCOUNTS);
            switch (random.nextInt(8)) {
                case 0 -> {
                    // A block takes the next transaction of the account.
                    Bytes tag = tag(account, next[account]++);
                    onChain.add(tag);
                    graph.prune(Set.of(tag));
                }
                case 1 -> {
                    List<PoolTransaction> all = new ArrayList<>(graph.ready().remaining());
                    all.addAll(graph.futures());
                    if (!all.isEmpty()) {
                        graph.removeSubtree(List.of(all.get(random.nextInt(all.size())).hash()));
                    }
                }
                case 2 -> graph.enforce(new Limit(12, 10_000), new Limit(6, 10_000));
                default -> {
                    int nonce = next[account] + random.nextInt(NONCES);
                    graph.add(transaction(account, nonce, next[account], random.nextInt(5), step));
                }
            }
            check(graph, onChain);
        }
    }

    private static void check(DependencyGraph graph, Set<Bytes> onChain) {
        Set<Bytes> provided = new HashSet<>(onChain);
        List<PoolTransaction> ready = graph.ready().remaining();
        for (PoolTransaction transaction : ready) {
            assertTrue(provided.containsAll(transaction.requires()),
                    () -> transaction + " comes before what it requires");
            assertTrue(provided.addAll(transaction.provides()) || onChain.containsAll(transaction.provides()),
                    () -> "two transactions provide what " + transaction + " does");
        }
        assertEquals(graph.readyCount(), ready.size(), "a ready transaction is never offered");
        assertEquals(graph.futureCount(), graph.futures().size());
    }
}
