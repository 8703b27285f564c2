package io.vilokanam.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Refchain;

/** A validator that votes for two blocks in one round is found out by a node of another validator and reported to the chain. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class EquivocationReportTest {

    private static final byte[] EVENTS = new ScaleOutput().raw(Twox.hash128(Bytes.ascii("System").view()))
            .raw(Twox.hash128(Bytes.ascii("Events").view())).toByteArray();
    /** {@code Offences.Offence} of the kind that the GRANDPA pallet reports. */
    private static final String OFFENCE = "0900" + Bytes.ascii("grandpa:equivoca").hex().substring(2);

    private final BlockingQueue<BlockRef> imported = new LinkedBlockingQueue<>();

    @BeforeAll
    static void beQuiet() throws LogFilterException {
        LogSetup.start("off", false);
    }

    /** A node of //Alice on a chain of //Alice and //Bob: nothing becomes final without the latter, so the first round goes on. */
    private Node start(String rawSpec) throws Exception {
        ChainSpec spec = ChainSpecJson.read(new ByteArrayInputStream(Refchain.file(rawSpec)));
        Node node = Node.start(new NodeConfig(spec, Optional.empty(), "test", true, List.of("//Alice"), true,
                PoolOptions.of(100, 1000, Duration.ZERO, true), Keeping.inMemory(256), 1 << 20, Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.DEVELOPMENT),
                new NodeConfig.Metrics(Optional.empty(), false)), new NativeCompositions().runtimes(),
                Platform.ofMachine(), new NodeLog());
        node.core().chain().listen(event -> {
            if (event instanceof ChainEvent.Imported block) {
                imported.add(block.block());
            }
        });
        return node;
    }

    private static void prevote(Node node, KeyPair bob, BlockRef target) throws Exception {
        Vote vote = new Vote(Stage.PREVOTE, target);
        SignedVote signed = new SignedVote(vote, Bytes.wrap(bob.sign(vote.payload(1, 0))),
                PublicKey.wrap(bob.publicKey()));
        node.voter().deliver(new GossipMessage.VoteMessage(1, 0, signed));
    }

    private static String events(Node node, Hash block) {
        return node.core().chain().states().lease(block).flatMap(lease -> lease.state().top().get(EVENTS))
                .map(Bytes::wrap)
                .map(Bytes::hex).orElse("");
    }

    private long votesTwice(Node node, long blocks) throws Exception {
        KeyPair bob = SecretUri.keyPair(Scheme.ED25519, "//Bob");
        BlockRef first = imported.take();
        prevote(node, bob, new BlockRef(node.core().chain().genesis(), 0));
        prevote(node, bob, first);
        long offences = 0;
        for (long i = 0; i < blocks; i++) {
            String events = events(node, imported.take().hash());
            offences += events.contains(OFFENCE) ? 1 : 0;
        }
        return offences;
    }

    @Test
    void anOffenceIsOnTheChainOnce() throws Exception {
        try (Node node = start("full/local.raw.json")) {
            assertEquals(1, votesTwice(node, 3));
            assertEquals(0, node.pool().status().ready(), "nobody reports it again");
        }
    }

    /** As with stock nodes: without sessions nobody can prove whose the key is. */
    @Test
    void nothingIsReportedWhereThereAreNoSessions() throws Exception {
        try (Node node = start("local.raw.json")) {
            assertEquals(0, votesTwice(node, 2));
            assertFalse(node.core().chain().best().number() == 0);
        }
    }
}
