package io.vilokanam.node.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** Transactions that wait for tags that nothing in the pool provides, oldest first. */
final class FutureQueue {

    private record Waiting(PoolTransaction transaction, Set<Bytes> missing) {}

    private final Map<Hash, Waiting> waiting = new LinkedHashMap<>();
    private final Map<Bytes, Set<Hash>> wanted = new HashMap<>();
    private long bytes;

    void add(PoolTransaction transaction, Set<Bytes> missing) {
        waiting.put(transaction.hash(), new Waiting(transaction, new HashSet<>(missing)));
        missing.forEach(tag -> wanted.computeIfAbsent(tag, _ -> new LinkedHashSet<>()).add(transaction.hash()));
        bytes += transaction.size();
    }

    boolean contains(Hash hash) {
        return waiting.containsKey(hash);
    }

    Optional<PoolTransaction> find(Hash hash) {
        return Optional.ofNullable(waiting.get(hash)).map(Waiting::transaction);
    }

    /** What a waiting transaction waits for. */
    Optional<Set<Bytes>> missing(Hash hash) {
        return Optional.ofNullable(waiting.get(hash)).map(Waiting::missing).map(Set::copyOf);
    }

    /** Takes out those that now have all they waited for. */
    List<PoolTransaction> satisfy(Collection<Bytes> tags) {
        List<PoolTransaction> unlocked = new ArrayList<>();
        for (Bytes tag : tags) {
            for (Hash hash : wanted.getOrDefault(tag, Set.of()).toArray(Hash[]::new)) {
                Waiting entry = waiting.get(hash);
                entry.missing().remove(tag);
                if (entry.missing().isEmpty()) {
                    waiting.remove(hash);
                    bytes -= entry.transaction().size();
                    unlocked.add(entry.transaction());
                }
            }
            wanted.remove(tag);
        }
        return unlocked;
    }

    Optional<PoolTransaction> remove(Hash hash) {
        Waiting entry = waiting.remove(hash);
        if (entry == null) {
            return Optional.empty();
        }
        for (Bytes tag : entry.missing()) {
            Set<Hash> hashes = wanted.get(tag);
            hashes.remove(hash);
            if (hashes.isEmpty()) {
                wanted.remove(tag);
            }
        }
        bytes -= entry.transaction().size();
        return Optional.of(entry.transaction());
    }

    /** Takes out those that provide a tag which the chain now has. */
    List<PoolTransaction> prune(Set<Bytes> tags) {
        List<PoolTransaction> outdated = all().stream().filter(t -> t.provides().stream().anyMatch(tags::contains))
                .toList();
        outdated.forEach(transaction -> remove(transaction.hash()));
        return outdated;
    }

    List<PoolTransaction> all() {
        return waiting.values().stream().map(Waiting::transaction).toList();
    }

    Optional<PoolTransaction> oldest() {
        return waiting.values().stream().findFirst().map(Waiting::transaction);
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return bytes;
    }
}
