package io.vilokanam.offchain.worker;

/** Java code that works beside the chain, once a block. */
@FunctionalInterface
public interface BlockWorker {

    /** Does what is to be done at the state after a block; never called again before it returned. */
    void run(BestBlock block);
}
