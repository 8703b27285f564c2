package io.vilokanam.node.offchain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.offchain.worker.TransactionSink;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.scale.ScaleException;

/** The pool as off-chain workers see it: what they hand in is local. */
public final class PoolSink implements TransactionSink {

    private static final Logger LOG = LoggerFactory.getLogger(PoolSink.class);

    private final TransactionPool pool;

    public PoolSink(TransactionPool pool) {
        this.pool = pool;
    }

    @Override
    public boolean submit(byte[] extrinsic) {
        try {
            pool.submit(OpaqueExtrinsic.fromWire(extrinsic), TransactionSource.LOCAL);
            return true;
        } catch (PoolRefusedException e) {
            LOG.debug("the pool refused a worker's extrinsic reason={}", e.refusal());
            return false;
        } catch (ScaleException e) {
            LOG.debug("a worker's extrinsic is malformed reason={}", e.getMessage());
            return false;
        }
    }
}
