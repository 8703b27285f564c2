package io.vilokanam.node.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.TransactionListener;
import io.vilokanam.rpc.backend.TransactionStatus;

/**
 * Who wants to hear of which transaction, and which blocks that hold watched ones wait for finality. Owned by
 * {@link TransactionPool}. Source: sc-transaction-pool, {@code graph/listener.rs}.
 */
final class Watchers {

    /** So many blocks, with watched transactions or without, wait for finality; the oldest one's hear of a timeout then. */
    static final int BLOCKS_MAX = 512;

    private final Map<Hash, List<TransactionListener>> listeners = new HashMap<>();
    private final Map<Hash, Map<Hash, Integer>> included = new LinkedHashMap<>();

    void add(Hash transaction, TransactionListener listener) {
        listeners.computeIfAbsent(transaction, _ -> new ArrayList<>()).add(listener);
    }

    void remove(Hash transaction, TransactionListener listener) {
        List<TransactionListener> all = listeners.get(transaction);
        if (all != null && all.remove(listener) && all.isEmpty()) {
            listeners.remove(transaction);
        }
    }

    boolean isWatched(Hash transaction) {
        return listeners.containsKey(transaction);
    }

    void fire(Hash transaction, TransactionStatus status) {
        List<TransactionListener> all = listeners.get(transaction);
        if (all == null) {
            return;
        }
        List.copyOf(all).forEach(listener -> listener.changed(status));
        if (status.isLast()) {
            listeners.remove(transaction);
        }
    }

    /** A block of the best chain holds these transactions, given with their place in the body. */
    void inBlock(Hash block, Map<Hash, Integer> transactions) {
        Map<Hash, Integer> watched = new LinkedHashMap<>();
        if (!listeners.isEmpty()) {
            transactions.forEach((hash, index) -> {
                if (isWatched(hash)) {
                    watched.put(hash, index);
                }
            });
        }
        included.put(block, watched);
        watched.forEach((hash, index) -> fire(hash, new TransactionStatus.InBlock(block, index)));
        while (included.size() > BLOCKS_MAX) {
            Hash oldest = included.keySet().iterator().next();
            included.remove(oldest).keySet()
                    .forEach(hash -> fire(hash, new TransactionStatus.FinalityTimeout(oldest)));
        }
    }

    void retracted(Hash block) {
        Map<Hash, Integer> transactions = included.remove(block);
        if (transactions != null) {
            transactions.keySet().forEach(hash -> fire(hash, new TransactionStatus.Retracted(block)));
        }
    }

    void finalised(Hash block) {
        Map<Hash, Integer> transactions = included.remove(block);
        if (transactions != null) {
            transactions.forEach((hash, index) -> fire(hash, new TransactionStatus.Finalised(block, index)));
        }
    }

    /** Closes a watch; {@code lock} is what guards this object. */
    Registration registration(Hash transaction, TransactionListener listener, Object lock) {
        return () -> {
            synchronized (lock) {
                remove(transaction, listener);
            }
        };
    }
}
