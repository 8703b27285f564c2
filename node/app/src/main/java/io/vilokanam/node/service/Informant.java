package io.vilokanam.node.service;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.announce.ChainPeers;

/** Says every five seconds where the node stands. */
record Informant(Chain chain, ChainPeers peers, NodeLog log) implements EssentialThreads.Body {

    private static final long INTERVAL_MILLIS = 5_000;
    private static final long MILLIS = 1_000;

    @Override
    public void run() throws InterruptedException {
        long last = chain.best().number();
        Traffic before = peers.traffic();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(INTERVAL_MILLIS);
            BlockRef best = chain.best();
            int count = peers.peers().size();
            Traffic now = peers.traffic();
            long in = (now.received() - before.received()) * MILLIS / INTERVAL_MILLIS;
            long out = (now.sent() - before.sent()) * MILLIS / INTERVAL_MILLIS;
            if (peers.isMajorSyncing()) {
                log.syncing((double) (best.number() - last) * MILLIS / INTERVAL_MILLIS, peers.syncTarget(), count, best,
                        chain.finalised(), in, out);
            } else {
                log.idle(count, best, chain.finalised(), in, out);
            }
            last = best.number();
            before = now;
        }
    }
}
