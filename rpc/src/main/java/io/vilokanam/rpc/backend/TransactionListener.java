package io.vilokanam.rpc.backend;

/** Hears of one transaction. */
@FunctionalInterface
public interface TransactionListener {

    void changed(TransactionStatus status);
}
