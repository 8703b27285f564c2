package io.vilokanam.node.rpc;

import java.util.List;

import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
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

    public PoolAnswers(TransactionPool pool) {
        this.pool = pool;
    }

    private static OpaqueExtrinsic extrinsic(Bytes wire) throws PoolRefusedException {
        try {
            return OpaqueExtrinsic.fromWire(wire.view());
        } catch (ScaleException e) {
            throw new PoolRefusedException(new PoolRefusal.ValidationFailed(e.getMessage()));
        }
    }

    @Override
    public Hash submit(Bytes extrinsic) throws PoolRefusedException {
        return pool.submit(extrinsic(extrinsic), TransactionSource.EXTERNAL);
    }

    @Override
    public Registration submitAndWatch(Bytes extrinsic, TransactionListener listener) throws PoolRefusedException {
        return pool.submitAndWatch(extrinsic(extrinsic), TransactionSource.EXTERNAL, listener);
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
