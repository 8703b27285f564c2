package io.vilokanam.node.pool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.vilokanam.primitives.Hash;

/** The ready transactions of one moment, best first; nothing comes before what it requires. Not thread-safe. */
public final class ReadyTransactions {

    private final Map<Hash, ReadyQueue.Entry> all;
    private final TreeSet<ReadyQueue.Entry> front;
    private final Set<Hash> invalid = new HashSet<>();

    ReadyTransactions(Map<Hash, ReadyQueue.Entry> all, TreeSet<ReadyQueue.Entry> front) {
        this.all = all;
        this.front = front;
    }

    /** Nothing at all. */
    public static ReadyTransactions none() {
        return new ReadyTransactions(Map.of(), new TreeSet<>(ReadyQueue.BEST_FIRST));
    }

    /** The next transaction; empty at the end. */
    public Optional<PoolTransaction> next() {
        while (!front.isEmpty()) {
            ReadyQueue.Entry entry = front.pollFirst();
            if (invalid.contains(entry.transaction.hash())) {
                continue;
            }
            for (Hash unlocked : entry.unlocks) {
                ReadyQueue.Entry next = all.get(unlocked);
                if (next != null) {
                    next.satisfied += entry.provided(next.transaction);
                    if (next.isFree()) {
                        front.add(next);
                    }
                }
            }
            return Optional.of(entry.transaction);
        }
        return Optional.empty();
    }

    /** The transaction that came last cannot be used: what depends on it is skipped. */
    public void skipDependants(PoolTransaction transaction) {
        List<Hash> open = new ArrayList<>(List.of(transaction.hash()));
        while (!open.isEmpty()) {
            Hash hash = open.removeLast();
            if (invalid.add(hash) && all.containsKey(hash)) {
                open.addAll(all.get(hash).unlocks);
            }
        }
    }

    /** All that is left, in order. */
    public List<PoolTransaction> remaining() {
        List<PoolTransaction> list = new ArrayList<>();
        for (Optional<PoolTransaction> next = next(); next.isPresent(); next = next()) {
            list.add(next.get());
        }
        return list;
    }
}
