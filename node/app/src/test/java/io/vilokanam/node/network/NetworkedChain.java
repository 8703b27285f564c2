package io.vilokanam.node.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.AnnounceListener;
import io.vilokanam.node.network.announce.AnnounceProtocol;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.network.sync.BlockServer;
import io.vilokanam.node.network.sync.SyncDriver;
import io.vilokanam.node.network.sync.SyncInput;
import io.vilokanam.node.network.sync.SyncLimits;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.header.Header;

/** A chain with block announces and sync over a network in memory. */
public final class NetworkedChain implements AutoCloseable {

    private final MemoryNetwork network;
    private final SyncDriver sync;
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService events = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    public NetworkedChain(int number, ChainCore core) {
        network = new MemoryNetwork(number);
        sync = new SyncDriver(core.chain(), core.importer(), () -> List.of(), () -> System.nanoTime() / 1_000_000,
                (block, why) -> {
                    throw new AssertionError(block + ": " + why.reason());
                }, SyncLimits.STOCK);
        AnnounceProtocol announces = new AnnounceProtocol(core.chain(), Roles.FULL, sync::isMajorSyncing, () -> 0,
                new AnnounceListener() {
                    @Override
                    public void connected(PeerId peer, Roles roles, BlockRef best) {
                        sync.submit(now -> new SyncInput.PeerConnected(now, peer, best));
                    }

                    @Override
                    public void disconnected(PeerId peer) {
                        sync.submit(now -> new SyncInput.PeerDisconnected(now, peer));
                    }

                    @Override
                    public void announced(PeerId peer, Header header, boolean isBest) {
                        sync.submit(now -> new SyncInput.Announced(now, peer, header, isBest));
                    }
                });
        announces.register(network, ProtocolNames.of("/block-announces/1"));
        RequestSender requests = network
                .register(new RequestProtocol(ProtocolNames.of("/sync/2"), BlockRequest.BYTES_MAX,
                        16 << 20, Duration.ofSeconds(20), 4), new BlockServer(core.chain(), network::report));
        sync.connect(network, requests);
        core.chain().listen((ChainEvent event) -> events.execute(() -> announces.onEvent(event)));
        run(sync::run);
        run(sync::runImports);
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    private void run(Body body) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                body.run();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    public MemoryNetwork network() {
        return network;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        network.close();
        events.close();
    }
}
