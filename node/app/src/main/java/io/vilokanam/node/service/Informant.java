package io.vilokanam.node.service;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.network.announce.ChainPeers;

/** Says every five seconds where the node stands. */
record Informant(Chain chain, ChainPeers peers, NodeLog log) implements EssentialThreads.Body {

    private static final long INTERVAL_MILLIS = 5_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public void run() throws InterruptedException {
        long last = chain.best().number();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(INTERVAL_MILLIS);
            BlockRef best = chain.best();
            int count = peers.peers().size();
            if (peers.isMajorSyncing()) {
                log.syncing((best.number() - last) * MILLIS_PER_SECOND / INTERVAL_MILLIS, peers.syncTarget(), count, best,
                        chain.finalised());
            } else {
                log.idle(count, best, chain.finalised(), 0, 0);
            }
            last = best.number();
        }
    }
}
