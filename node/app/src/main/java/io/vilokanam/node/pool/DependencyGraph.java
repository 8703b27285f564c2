package io.vilokanam.node.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.scale.Bytes;

/**
 * Which transactions may go into the next block and which wait for which. Knows tags only, neither chain nor clock. Source of
 * the rules: sc-transaction-pool, {@code graph/base_pool.rs}. Owned by {@link TransactionPool}.
 */
final class DependencyGraph {

    /** Tags of the last so many prunings count as provided: their transactions may be in a block that is not seen yet. */
    private static final int RECENT_PRUNINGS = 2;

    /** What became of a transaction that was put in. */
    sealed interface Imported {

        record Ready(Hash hash, List<Hash> promoted, List<Hash> failed, List<PoolTransaction> replaced)
                implements Imported {}

        record Future(Hash hash) implements Imported {}

        record Refused(PoolRefusal refusal) implements Imported {}
    }

    /** What pruning did: transactions that the chain has, that moved up, and that had to go. */
    record Pruned(List<PoolTransaction> pruned, List<Imported> promoted, List<Hash> failed) {}

    private final ReadyQueue ready = new ReadyQueue();
    private final FutureQueue future = new FutureQueue();
    private final Deque<Set<Bytes>> recentlyPruned = new ArrayDeque<>();

    boolean contains(Hash hash) {
        return ready.contains(hash) || future.contains(hash);
    }

    Optional<PoolTransaction> find(Hash hash) {
        return ready.find(hash).or(() -> future.find(hash));
    }

    /** What a transaction waits for; empty where it does not wait. */
    Optional<Set<Bytes>> missing(Hash hash) {
        return future.missing(hash);
    }

    boolean providesFirst(Bytes tag) {
        return ready.providesFirst(tag);
    }

    boolean isReady(Hash hash) {
        return ready.contains(hash);
    }

    ReadyTransactions ready() {
        return ready.snapshot();
    }

    List<PoolTransaction> readyUnordered() {
        return ready.all();
    }

    List<PoolTransaction> futures() {
        return future.all();
    }

    int readyCount() {
        return ready.size();
    }

    int futureCount() {
        return future.size();
    }

    Imported add(PoolTransaction transaction) {
        if (contains(transaction.hash())) {
            return new Imported.Refused(new PoolRefusal.AlreadyImported(transaction.hash()));
        }
        Set<Bytes> missing = new LinkedHashSet<>(transaction.requires());
        missing.removeIf(tag -> ready.provides(tag) || recentlyPruned.stream().anyMatch(tags -> tags.contains(tag)));
        if (!missing.isEmpty()) {
            future.add(transaction, missing);
            return new Imported.Future(transaction.hash());
        }
        return addReady(transaction);
    }

    private Imported addReady(PoolTransaction first) {
        List<Hash> promoted = new ArrayList<>();
        List<Hash> failed = new ArrayList<>();
        List<PoolTransaction> replaced = new ArrayList<>();
        Deque<PoolTransaction> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            PoolTransaction transaction = open.pop();
            future.satisfy(transaction.provides()).forEach(open::push);
            switch (ready.add(transaction)) {
                case ReadyQueue.Outcome.Taken(var gone) -> {
                    if (transaction != first) {
                        promoted.add(transaction.hash());
                    }
                    gone.forEach(old -> promoted.remove(old.hash()));
                    replaced.addAll(gone);
                }
                case ReadyQueue.Outcome.TooLowPriority(var old, var offered) -> {
                    if (transaction == first) {
                        open.forEach(this::add);
                        return new Imported.Refused(new PoolRefusal.TooLowPriority(old, offered));
                    }
                    replaced.add(transaction);
                }
            }
        }
        if (replaced.stream().anyMatch(gone -> gone.hash().equals(first.hash()))) {
            ready.removeSubtree(new LinkedHashSet<>(promoted));
            return new Imported.Refused(new PoolRefusal.CycleDetected());
        }
        return new Imported.Ready(first.hash(), promoted, failed, replaced);
    }

    /** Takes out transactions and all ready ones that depend on them. */
    List<PoolTransaction> removeSubtree(Collection<Hash> hashes) {
        List<PoolTransaction> removed = new ArrayList<>(ready.removeSubtree(new LinkedHashSet<>(hashes)));
        hashes.forEach(hash -> future.remove(hash).ifPresent(removed::add));
        return removed;
    }

    /** The chain provides these tags now. */
    Pruned prune(Set<Bytes> tags) {
        List<Hash> failed = new ArrayList<>(future.prune(tags).stream().map(PoolTransaction::hash).toList());
        List<PoolTransaction> unlocked = new ArrayList<>();
        List<PoolTransaction> pruned = new ArrayList<>();
        for (Bytes tag : tags) {
            unlocked.addAll(future.satisfy(List.of(tag)));
            pruned.addAll(ready.prune(tag));
        }
        if (recentlyPruned.size() == RECENT_PRUNINGS) {
            recentlyPruned.removeFirst();
        }
        recentlyPruned.addLast(new HashSet<>(tags));
        List<Imported> promoted = new ArrayList<>();
        for (PoolTransaction transaction : unlocked) {
            switch (addReady(transaction)) {
                case Imported.Refused _ -> failed.add(transaction.hash());
                case Imported.Ready done -> promoted.add(done);
                case Imported.Future done -> promoted.add(done);
            }
        }
        return new Pruned(pruned, promoted, failed);
    }

    /** Takes out the worst transactions, and what depends on them, until both queues keep their limits. */
    List<PoolTransaction> enforce(Limit readyLimit, Limit futureLimit) {
        List<PoolTransaction> removed = new ArrayList<>();
        while (readyLimit.isExceeded(ready.size(), ready.bytes())) {
            removed.addAll(removeSubtree(List.of(ready.worst().orElseThrow().hash())));
        }
        while (futureLimit.isExceeded(future.size(), future.bytes())) {
            removed.addAll(removeSubtree(List.of(future.oldest().orElseThrow().hash())));
        }
        return removed;
    }
}
