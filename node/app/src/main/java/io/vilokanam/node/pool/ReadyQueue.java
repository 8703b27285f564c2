package io.vilokanam.node.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * Transactions that have all they require, from the chain or from each other, as a graph of who unlocks whom. At most one
 * transaction provides a tag. Source of the rules: sc-transaction-pool, {@code graph/ready.rs}.
 */
final class ReadyQueue {

    /** Higher priority first, then the shorter life, then the longer wait. */
    static final Comparator<Entry> BEST_FIRST = ((Comparator<Entry>) ReadyQueue::byPriority).reversed()
            .thenComparing((a, b) -> Long.compareUnsigned(a.transaction.validTill(), b.transaction.validTill()))
            .thenComparing(ReadyQueue::byAge);

    private static final Comparator<Entry> WORST_FIRST = ((Comparator<Entry>) ReadyQueue::byPriority)
            .thenComparing(ReadyQueue::byAge);

    /** A transaction in the graph. */
    static final class Entry {
        final PoolTransaction transaction;
        final long insertion;
        final Set<Hash> unlocks;
        /** How many of its requirements no transaction before it provides: the chain does, or the block being built. */
        int satisfied;

        private Entry(PoolTransaction transaction, long insertion, Set<Hash> unlocks, int satisfied) {
            this.transaction = transaction;
            this.insertion = insertion;
            this.unlocks = unlocks;
            this.satisfied = satisfied;
        }

        Entry copy() {
            return new Entry(transaction, insertion, new LinkedHashSet<>(unlocks), satisfied);
        }

        /** How many requirements of {@code other} this one provides. */
        int provided(PoolTransaction other) {
            return (int) other.requires().stream().filter(transaction.provides()::contains).count();
        }

        boolean isFree() {
            return satisfied >= transaction.requires().size();
        }
    }

    /** What came of an import: the transactions it replaced, or the priority that it did not exceed. */
    sealed interface Outcome {
        record Taken(List<PoolTransaction> replaced) implements Outcome {}

        record TooLowPriority(long old, long offered) implements Outcome {}
    }

    private final Map<Hash, Entry> entries = new LinkedHashMap<>();
    private final Map<Bytes, Hash> providers = new HashMap<>();
    private final TreeSet<Entry> best = new TreeSet<>(BEST_FIRST);
    private final TreeSet<Entry> byWorth = new TreeSet<>(WORST_FIRST);
    private long insertions;
    private long bytes;

    private static int byPriority(Entry a, Entry b) {
        return Long.compareUnsigned(a.transaction.priority(), b.transaction.priority());
    }

    private static int byAge(Entry a, Entry b) {
        return Long.compare(a.insertion, b.insertion);
    }

    boolean contains(Hash hash) {
        return entries.containsKey(hash);
    }

    boolean provides(Bytes tag) {
        return providers.containsKey(tag);
    }

    /** Whether a transaction has this tag as its first: for accounts that is their nonce. */
    boolean providesFirst(Bytes tag) {
        Hash provider = providers.get(tag);
        return provider != null && entries.get(provider).transaction.provides().getFirst().equals(tag);
    }

    Optional<PoolTransaction> find(Hash hash) {
        return Optional.ofNullable(entries.get(hash)).map(entry -> entry.transaction);
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    Outcome add(PoolTransaction transaction) {
        Set<Hash> rivals = new LinkedHashSet<>();
        transaction.provides().stream().map(providers::get).filter(hash -> hash != null).forEach(rivals::add);
        Set<Hash> inherited = new LinkedHashSet<>();
        List<PoolTransaction> replaced = List.of();
        if (!rivals.isEmpty()) {
            long old = 0;
            for (Hash rival : rivals) {
                Entry entry = entries.get(rival);
                long sum = old + entry.transaction.priority();
                old = Long.compareUnsigned(sum, old) < 0 ? -1 : sum;
                inherited.addAll(entry.unlocks);
            }
            if (Long.compareUnsigned(old, transaction.priority()) >= 0) {
                return new Outcome.TooLowPriority(old, transaction.priority());
            }
            replaced = removeSubtree(rivals, Set.copyOf(transaction.provides()));
            inherited.retainAll(entries.keySet());
        }
        int satisfied = 0;
        for (Bytes tag : transaction.requires()) {
            Hash provider = providers.get(tag);
            if (provider == null) {
                satisfied++;
            } else {
                entries.get(provider).unlocks.add(transaction.hash());
            }
        }
        transaction.provides().forEach(tag -> providers.put(tag, transaction.hash()));
        Entry entry = new Entry(transaction, ++insertions, inherited, satisfied);
        entries.put(transaction.hash(), entry);
        byWorth.add(entry);
        bytes += transaction.size();
        if (entry.isFree()) {
            best.add(entry);
        }
        return new Outcome.Taken(replaced);
    }

    /** Takes out transactions and all that depend on them. */
    List<PoolTransaction> removeSubtree(Set<Hash> tops) {
        return removeSubtree(tops, Set.of());
    }

    /** The same, but stops at a transaction all of whose tags somebody else is about to provide. */
    private List<PoolTransaction> removeSubtree(Set<Hash> tops, Set<Bytes> staying) {
        List<PoolTransaction> removed = new ArrayList<>();
        Deque<Hash> open = new ArrayDeque<>(tops);
        while (!open.isEmpty()) {
            Hash hash = open.pop();
            Entry entry = entries.remove(hash);
            if (entry == null) {
                continue;
            }
            best.remove(entry);
            byWorth.remove(entry);
            bytes -= entry.transaction.size();
            boolean isMissed = false;
            for (Bytes tag : entry.transaction.provides()) {
                isMissed |= !staying.contains(tag);
                providers.remove(tag, hash);
            }
            for (Bytes tag : entry.transaction.requires()) {
                Entry provider = providers.containsKey(tag) ? entries.get(providers.get(tag)) : null;
                if (provider != null) {
                    provider.unlocks.remove(hash);
                }
            }
            if (isMissed) {
                entry.unlocks.forEach(open::push);
            }
            removed.add(entry.transaction);
        }
        return removed;
    }

    /**
     * The chain now provides a tag: its provider goes, and whatever only led to it; those that it unlocked stay, and may
     * go into a block.
     */
    List<PoolTransaction> prune(Bytes tag) {
        List<PoolTransaction> removed = new ArrayList<>();
        Deque<Bytes> open = new ArrayDeque<>(List.of(tag));
        while (!open.isEmpty()) {
            Hash hash = providers.get(open.pop());
            Entry entry = hash == null ? null : entries.remove(hash);
            if (entry == null) {
                continue;
            }
            best.remove(entry);
            byWorth.remove(entry);
            bytes -= entry.transaction.size();
            entry.transaction.provides().forEach(providers::remove);
            for (Bytes required : entry.transaction.requires()) {
                Entry previous = providers.containsKey(required) ? entries.get(providers.get(required)) : null;
                if (previous != null) {
                    previous.unlocks.remove(hash);
                    if (previous.unlocks.isEmpty()) {
                        previous.transaction.provides().forEach(open::push);
                    }
                }
            }
            for (Hash unlocked : entry.unlocks) {
                Entry next = entries.get(unlocked);
                if (next != null) {
                    next.satisfied = unprovided(next.transaction);
                    if (next.isFree()) {
                        best.add(next);
                    }
                }
            }
            removed.add(entry.transaction);
        }
        return removed;
    }

    private int unprovided(PoolTransaction transaction) {
        return (int) transaction.requires().stream().filter(tag -> !providers.containsKey(tag)).count();
    }

    /** The lowest priority, the oldest among equals: what goes first when there is no room. */
    Optional<PoolTransaction> worst() {
        return byWorth.isEmpty() ? Optional.empty() : Optional.of(byWorth.first().transaction);
    }

    /** All transactions in the order in which a block would take them; what happens to the queue later does not show. */
    ReadyTransactions snapshot() {
        Map<Hash, Entry> copy = HashMap.newHashMap(entries.size());
        TreeSet<Entry> front = new TreeSet<>(BEST_FIRST);
        entries.forEach((hash, entry) -> {
            Entry own = entry.copy();
            copy.put(hash, own);
            if (best.contains(entry)) {
                front.add(own);
            }
        });
        return new ReadyTransactions(copy, front);
    }

    List<PoolTransaction> all() {
        return entries.values().stream().map(entry -> entry.transaction).toList();
    }
}
