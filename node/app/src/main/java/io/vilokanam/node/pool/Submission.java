package io.vilokanam.node.pool;

import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.rpc.backend.TransactionListener;

/** An extrinsic on its way into the pool, and who wants to hear what becomes of it. */
record Submission(OpaqueExtrinsic extrinsic, Hash hash, Optional<TransactionListener> listener) {

    static Submission of(OpaqueExtrinsic extrinsic, Optional<TransactionListener> listener) {
        return new Submission(extrinsic, PoolTransaction.hash(extrinsic.wire()), listener);
    }
}
