package io.vilokanam.offchain.worker;

import java.util.Optional;

/** Hands blocks from one thread to another and keeps only the newest: who is behind skips what lies between. */
final class LatestBlock {

    private Optional<BestBlock> waiting = Optional.empty();
    private boolean isClosed;

    synchronized void offer(BestBlock block) {
        waiting = Optional.of(block);
        notifyAll();
    }

    /** Waits for a block that was not taken yet; empty once closed. */
    synchronized Optional<BestBlock> take() throws InterruptedException {
        while (waiting.isEmpty() && !isClosed) {
            wait();
        }
        Optional<BestBlock> taken = isClosed ? Optional.empty() : waiting;
        waiting = Optional.empty();
        return taken;
    }

    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
