package io.vilokanam.node.network.transactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.MemoryNetwork;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.pool.RuntimeValidator;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.scale.Bytes;

/** Transactions go from pool to pool. */
final class TransactionGossipTest {

    /** A node with no more than a chain, a pool and this protocol. */
    private static final class GossipingPool implements AutoCloseable {
        private final ChainCore core = RecordedChains.open("dev.raw.json");
        private final MemoryNetwork network;
        private final TransactionPool pool;
        private final TransactionGossip gossip;
        private final CompletableFuture<Hash> imported = new CompletableFuture<>();
        private final Thread thread;

        private GossipingPool(int number) throws Exception {
            RuntimeValidator validator = new RuntimeValidator(core.chain(), core.executor());
            pool = new TransactionPool(validator, validator, PoolOptions.stock(true), InstantSource.system());
            pool.onImport(transaction -> imported.complete(transaction.hash()));
            network = new MemoryNetwork(number);
            gossip = new TransactionGossip(pool, Roles.FULL, () -> false, () -> System.nanoTime() / 1_000_000);
            gossip.register(network, ProtocolNames.of("/transactions/1"));
            thread = Thread.ofVirtual().start(() -> {
                try {
                    gossip.run();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() {
            thread.interrupt();
            network.close();
            core.close();
        }
    }

    private GossipingPool one;
    private GossipingPool two;

    @BeforeEach
    void open() throws Exception {
        one = new GossipingPool(1);
        two = new GossipingPool(2);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static OpaqueExtrinsic recorded() throws Exception {
        for (SignedBlock block : RecordedChains.blocks("dev-chain.blocks")) {
            List<Bytes> body = block.block().extrinsics();
            if (body.size() > 3) {
                return new OpaqueExtrinsic(body.get(1));
            }
        }
        throw new AssertionError("no recorded block holds transactions");
    }

    @Test
    void whatOnePoolTakesTheOtherGets() throws Exception {
        MemoryNetwork.connect(one.network, two.network);
        Hash hash = one.pool.submit(recorded(), TransactionSource.LOCAL);
        assertEquals(hash, two.imported.get(30, TimeUnit.SECONDS));
        assertTrue(two.pool.contains(hash));
        assertEquals(1, one.gossip.propagated());
    }

    @Test
    void aPeerThatComesLaterGetsWhatIsReady() throws Exception {
        Hash hash = one.pool.submit(recorded(), TransactionSource.LOCAL);
        MemoryNetwork.connect(one.network, two.network);
        assertEquals(hash, two.imported.get(30, TimeUnit.SECONDS));
    }

    @Test
    void aPeerPaysForWhatIsNoTransaction() {
        PeerId peer = one.network.localPeer();
        two.gossip.opened(peer, Roles.FULL.handshake(), Direction.INBOUND);
        two.gossip.received(peer, Bytes.fromHex("040c040000"));
        assertEquals(-(1 << 4) - (1 << 12), two.network.reports().stream().mapToInt(ReputationChange::value).sum());
        two.gossip.received(peer, Bytes.fromHex("08ff"));
        assertEquals(TransactionGossip.UNDECODABLE, two.network.reports().getLast());
        assertEquals(new TransactionPool.Status(0, 0), two.pool.status());
    }
}
