package io.vilokanam.node.service;

import java.util.function.LongSupplier;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.rpc.backend.HealthProbe;

/** How the node stands, for probes of supervisors and load balancers. */
final class NodeStanding implements HealthProbe {

    private static final long MILLIS = 1_000;

    private final Chain chain;
    private final ChainPeers peers;
    private final EssentialThreads threads;
    private final boolean shouldHavePeers;
    private final LongSupplier nowMillis;
    private volatile long lastBlockMillis;

    NodeStanding(Chain chain, ChainPeers peers, EssentialThreads threads, boolean shouldHavePeers,
            LongSupplier nowMillis) {
        this.chain = chain;
        this.peers = peers;
        this.threads = threads;
        this.shouldHavePeers = shouldHavePeers;
        this.nowMillis = nowMillis;
        this.lastBlockMillis = nowMillis.getAsLong();
    }

    /** Called with each event, under the chain's lock. */
    void onEvent(ChainEvent event) {
        if (event instanceof ChainEvent.Imported) {
            lastBlockMillis = nowMillis.getAsLong();
        }
    }

    @Override
    public Standing standing() {
        return new Standing(!threads.hasFailed(), peers.peers().size(), peers.isMajorSyncing(), shouldHavePeers,
                chain.best().number(), chain.finalised().number(), Math.max(chain.best().number(), peers.syncTarget()),
                Math.max(0, nowMillis.getAsLong() - lastBlockMillis) / MILLIS);
    }
}
