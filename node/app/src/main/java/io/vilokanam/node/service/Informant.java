package io.vilokanam.node.service;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.log.NodeLog;

/** Says every five seconds where the node stands. */
record Informant(Chain chain, NodeLog log) implements EssentialThreads.Body {

    private static final long INTERVAL_MILLIS = 5_000;

    @Override
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(INTERVAL_MILLIS);
            log.idle(0, chain.best(), chain.finalised(), 0, 0);
        }
    }
}
