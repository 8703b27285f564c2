package io.vilokanam.offchain.worker;

/** The transaction pool as off-chain workers see it. */
@FunctionalInterface
public interface TransactionSink {

    /** Hands in an extrinsic, its length in front, as a local one; false where the pool refuses it. */
    boolean submit(byte[] extrinsic);
}
