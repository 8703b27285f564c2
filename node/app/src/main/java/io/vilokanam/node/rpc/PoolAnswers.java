package io.vilokanam.node.rpc;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.vilokanam.node.pool.Intake;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.rpc.backend.PendingStatus;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.TransactionListener;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/** What RPC asks of the transaction pool. */
public final class PoolAnswers implements PoolBackend {

    private final TransactionPool pool;
    private final Intake intake;

    public PoolAnswers(TransactionPool pool) {
        this.pool = pool;
        this.intake = new Intake(pool, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void submit(Bytes extrinsic, Consumer<Submitted> done) {
        submit(extrinsic, Optional.empty(), done);
    }

    private void submit(Bytes wire, Optional<TransactionListener> listener, Consumer<Submitted> done) {
        OpaqueExtrinsic extrinsic;
        try {
            extrinsic = OpaqueExtrinsic.fromWire(wire.view());
        } catch (ScaleException e) {
            done.accept(new Submitted.Refused(new PoolRefusal.ValidationFailed(e.getMessage())));
            return;
        }
        intake.submit(extrinsic, listener, done);
    }

    @Override
    public Registration submitAndWatch(Bytes extrinsic, TransactionListener listener) throws PoolRefusedException {
        var answer = new CompletableFuture<Submitted>();
        submit(extrinsic, Optional.of(listener), answer::complete);
        return switch (answer.join()) {
            case Submitted.Taken(var hash) -> pool.watch(hash, listener);
            case Submitted.Refused(var refusal) -> throw new PoolRefusedException(refusal);
        };
    }

    @Override
    public List<ReadyTransaction> ready() {
        return pool.ready().remaining().stream().map(transaction -> new ReadyTransaction(transaction.hash(),
                Bytes.wrap(transaction.extrinsic().wire()), transaction.provides())).toList();
    }

    @Override
    public boolean providesFirst(Bytes tag) {
        return pool.providesFirst(tag);
    }

    @Override
    public PendingStatus status(Hash transaction) {
        return pool.status(transaction);
    }

    @Override
    public List<Hash> remove(List<Hash> transactions) {
        return pool.removeInvalid(transactions);
    }
}
