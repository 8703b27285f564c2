package io.vilokanam.rpc.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.PendingStatus;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.TransactionListener;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

/** A pool that refuses what a test tells it to, and takes everything else. */
public final class FakePool implements PoolBackend {

    public final List<ReadyTransaction> ready = new CopyOnWriteArrayList<>();
    public final List<Bytes> submitted = new CopyOnWriteArrayList<>();
    public final List<TransactionListener> watchers = new CopyOnWriteArrayList<>();
    public final List<Hash> removed = new CopyOnWriteArrayList<>();
    private final Map<Bytes, List<PoolRefusal>> refusals = new HashMap<>();

    /** Refuses the extrinsic once, after what it refuses it for already. */
    public synchronized void refuse(Bytes extrinsic, PoolRefusal refusal) {
        refusals.computeIfAbsent(extrinsic, key -> new ArrayList<>()).add(refusal);
    }

    @Override
    public void submit(Bytes extrinsic, Consumer<Submitted> done) {
        Thread.ofVirtual().start(() -> done.accept(submit(extrinsic)));
    }

    private synchronized Submitted submit(Bytes extrinsic) {
        List<PoolRefusal> left = refusals.getOrDefault(extrinsic, List.of());
        if (!left.isEmpty()) {
            return new Submitted.Refused(left.removeFirst());
        }
        submitted.add(extrinsic);
        return new Submitted.Taken(Hash.wrap(Blake2b.hash256(extrinsic.view())));
    }

    @Override
    public Registration submitAndWatch(Bytes extrinsic, TransactionListener listener) throws PoolRefusedException {
        if (submit(extrinsic) instanceof Submitted.Refused(var refusal)) {
            throw new PoolRefusedException(refusal);
        }
        listener.changed(new TransactionStatus.Ready());
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public List<ReadyTransaction> ready() {
        return ready;
    }

    public static ReadyTransaction transaction(Bytes extrinsic, Bytes... provides) {
        return new ReadyTransaction(Hash.wrap(Blake2b.hash256(extrinsic.view())), extrinsic, List.of(provides));
    }

    @Override
    public PendingStatus status(Hash transaction) {
        return new PendingStatus(new PendingStatus.Place.Unknown(), Optional.empty());
    }

    @Override
    public List<Hash> remove(List<Hash> transactions) {
        var found = new ArrayList<Hash>();
        for (Hash hash : transactions) {
            if (ready.removeIf(transaction -> transaction.hash().equals(hash))) {
                found.add(hash);
            }
        }
        removed.addAll(transactions);
        return found;
    }
}
