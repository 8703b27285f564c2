package io.vilokanam.node.importing;

import io.vilokanam.node.storage.StoreFailure;

/** Prunes beside an import, on a thread of its own that ends with this. */
public final class PruningThread implements AutoCloseable {

    private final Pruner pruner;
    private final Thread thread;
    private volatile StoreFailure failure;

    public PruningThread(Pruner pruner) {
        this.pruner = pruner;
        this.thread = Thread.ofPlatform().name("pruner").start(this::run);
    }

    private void run() {
        try {
            pruner.serve();
        } catch (StoreFailure e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns when all is pruned that was due.
     *
     * @throws StoreFailure if the database failed meanwhile
     */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        pruner.run();
    }
}
