package io.vilokanam.node.cli.tick;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.node.authoring.SteppedChain;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.offchain.CollectorAnswers;
import io.vilokanam.node.offchain.KeystoreSigner;
import io.vilokanam.node.offchain.PoolSink;
import io.vilokanam.node.offchain.StateCalls;
import io.vilokanam.node.rpc.ChainAnswers;
import io.vilokanam.node.rpc.PoolAnswers;
import io.vilokanam.node.rpc.StateAnswers;
import io.vilokanam.offchain.collector.BestBlockSessions;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.Followers;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.settler.SettlementPolicy;
import io.vilokanam.offchain.settler.Settler;
import io.vilokanam.offchain.tickchain.RuntimeTickChain;
import io.vilokanam.offchain.worker.BestBlock;
import io.vilokanam.offchain.worker.FinalisedBlock;
import io.vilokanam.rpc.account.AccountMethods;
import io.vilokanam.rpc.author.AuthorMethods;
import io.vilokanam.rpc.backend.KeystoreBackend;
import io.vilokanam.rpc.chain.ChainMethods;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.rpc.state.StateMethods;
import io.vilokanam.rpc.tickstream.TickStreamMethods;

/**
 * The development chain with collector, settler and a real RPC server, whose time passes only while its client waits: all that
 * a viewer pays goes through the real runtime.
 */
final class SteppedNode implements NodeRpc, Pace, AutoCloseable {

    private final SteppedChain chain = new SteppedChain();
    private final TickCollector collector;
    private final Followers followers;
    private final Settler settler;
    private final RpcServer server;
    private final HttpNodeRpc http;

    SteppedNode(KeystoreBackend keys) throws Exception {
        Chain blocks = chain.core().chain();
        StateCalls runtime = new StateCalls(blocks, chain.core().executor(), (_, _) -> {});
        RuntimeTickChain ticks = new RuntimeTickChain(runtime);
        collector = new TickCollector(new BestBlockSessions(ticks, () -> blocks.best().hash()),
                RowStore.NONE, chain.clock(), CollectorOptions.STANDARD);
        settler = new Settler(new Settler.Parts(collector, ticks, new KeystoreSigner(chain.keystore()),
                new PoolSink(chain.pool()),
                () -> new FinalisedBlock(blocks.finalised().hash(), blocks.finalised().number()), chain.clock()),
                SettlementPolicy.DEVELOPMENT);
        ChainAnswers chainAnswers = new ChainAnswers(blocks);
        StateAnswers states = new StateAnswers(blocks, chain.core().executor());
        PoolAnswers pool = new PoolAnswers(chain.pool());
        followers = new Followers(collector);
        server = new RpcServer(RpcServer.Endpoint.loopback(0),
                new MethodRegistry(List.of(new ChainMethods(chainAnswers), new StateMethods(chainAnswers, states),
                        new AccountMethods(chainAnswers, states, pool),
                        new AuthorMethods(chainAnswers, states, pool, keys),
                        new TickStreamMethods(chainAnswers, states, new CollectorAnswers(collector, followers), 42))),
                RpcLimits.STOCK, RpcAccess.DEVELOPMENT, new SplittableRandom(1));
        server.start();
        http = new HttpNodeRpc("ws://127.0.0.1:" + server.port());
    }

    URI url() {
        return http.url();
    }

    @Override
    public JsonNode call(String method, Object... params) throws TickFailure {
        return http.call(method, params);
    }

    @Override
    public long millis() {
        return chain.clock().millis();
    }

    @Override
    public void pause(Duration duration) throws TickFailure {
        try {
            chain.pass(duration.toMillis(),
                    block -> settler.run(new BestBlock(block.block().hash(), block.header())));
            followers.tell();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A session as the collector knows it. */
    Optional<Long> wordsKnown(long session) {
        return collector.find(session).map(known -> known.ticks());
    }

    @Override
    public void close() {
        http.close();
        server.close();
        chain.close();
    }
}
