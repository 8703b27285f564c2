package io.vilokanam.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.pool.ScriptedChain.Content;
import io.vilokanam.node.rpc.PoolAnswers;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

/** A thousand forks: whatever the chain does, each transaction gets into it once. */
final class PoolForksTest {

    private static final int FORKS = 1_000;
    private static final int ACCOUNTS = 8;
    private static final int DEPTH_MAX = 4;

    private final ScriptedChain chain = new ScriptedChain();
    private final TransactionPool pool = new TransactionPool(chain, chain,
            new PoolOptions(new Limit(1 << 20, 1 << 30), new Limit(1 << 20, 1 << 30), Duration.ofMinutes(30), true),
            () -> Instant.EPOCH);
    private final Map<Integer, Integer> submitted = new HashMap<>();
    private long finalised;
    private final Map<Hash, List<TransactionStatus>> told = new LinkedHashMap<>();

    @SeededTest(runs = 3)
    void losesNoTransactionAndIncludesNoneTwice(long seed) throws PoolRefusedException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int fork = 0; fork < FORKS; fork++) {
            submitSome(random);
            BlockRef parent = chain.best();
            for (int back = random.nextInt(DEPTH_MAX); back > 0 && parent.number() > 0; back--) {
                parent = chain.parent(parent.hash());
            }
            int length = 1 + random.nextInt(DEPTH_MAX);
            for (int i = 0; i < length; i++) {
                parent = chain.add(parent, someFor(parent, random));
                if (parent.number() > chain.best().number()) {
                    pool.onBestBlock(chain.enact(parent));
                }
            }
            finaliseOld();
        }
        while (pool.status().ready() > 0) {
            BlockRef block = chain.add(chain.best(),
                    pool.ready().remaining().stream().map(PoolTransaction::extrinsic).toList());
            pool.onBestBlock(chain.enact(block));
        }
        assertEquals(new TransactionPool.Status(0, 0), pool.status());
        assertEachOnce();
    }

    /** All that no fork can take back. */
    private void finaliseOld() {
        List<BlockRef> done = new ArrayList<>();
        for (BlockRef block = chain.best(); block.number() > finalised; block = chain.parent(block.hash())) {
            if (block.number() + DEPTH_MAX <= chain.best().number()) {
                done.addFirst(block);
            }
        }
        finalised = Math.max(finalised, chain.best().number() - DEPTH_MAX);
        pool.onFinalised(done);
    }

    private void submitSome(SplittableRandom random) throws PoolRefusedException {
        for (int i = random.nextInt(4); i > 0; i--) {
            int account = random.nextInt(ACCOUNTS);
            Content content = new Content(account, submitted.merge(account, 1, Integer::sum) - 1, random.nextInt(5), 0,
                    0);
            List<TransactionStatus> statuses = new ArrayList<>();
            told.put(content.hash(), statuses);
            new PoolAnswers(pool).submitAndWatch(Bytes.wrap(content.extrinsic().wire()), statuses::add);
        }
    }

    /** What some author, perhaps with another pool, would put into a block. */
    private List<OpaqueExtrinsic> someFor(BlockRef parent, SplittableRandom random) {
        Map<Integer, Integer> next = new HashMap<>();
        List<OpaqueExtrinsic> body = new ArrayList<>();
        for (PoolTransaction transaction : pool.ready().remaining()) {
            Content content = Content.of(transaction.extrinsic());
            int nonce = next.getOrDefault(content.account(), chain.nonce(parent, content.account()));
            if (content.nonce() == nonce && random.nextInt(3) > 0) {
                next.put(content.account(), nonce + 1);
                body.add(transaction.extrinsic());
            }
        }
        return body;
    }

    private void assertEachOnce() {
        Map<Hash, Hash> places = new HashMap<>();
        for (BlockRef block = chain.best(); block.number() > 0; block = chain.parent(block.hash())) {
            for (var content : chain.body(block.hash())) {
                Hash before = places.put(PoolTransaction.hash(new OpaqueExtrinsic(content).wire()), block.hash());
                assertEquals(null, before, "in two blocks");
            }
        }
        assertEquals(told.keySet(), places.keySet());
        told.forEach((hash, statuses) -> assertLife(statuses, places.get(hash)));
    }

    /** Included and retracted in turns, at last in the block of the best chain. */
    private static void assertLife(List<TransactionStatus> statuses, Hash place) {
        Optional<Hash> included = Optional.empty();
        Set<Hash> seen = new HashSet<>();
        for (TransactionStatus status : statuses) {
            switch (status) {
                case TransactionStatus.InBlock(var block, _) -> {
                    assertTrue(included.isEmpty() && seen.add(block), statuses::toString);
                    included = Optional.of(block);
                }
                case TransactionStatus.Retracted(var block) -> {
                    assertEquals(included, Optional.of(block), statuses::toString);
                    seen.remove(block);
                    included = Optional.empty();
                }
                case TransactionStatus.Ready _,TransactionStatus.Future _ ->
                    assertTrue(included.isEmpty(), statuses::toString);
                case TransactionStatus.Finalised(var block, _) -> assertEquals(included, Optional.of(block));
                case TransactionStatus.Broadcast _,TransactionStatus.FinalityTimeout _,TransactionStatus.Usurped _,TransactionStatus.Dropped _,TransactionStatus.Invalid _ ->
                    throw new AssertionError(statuses);
            }
        }
        assertEquals(Optional.of(place), included, statuses::toString);
    }
}
