package io.vilokanam.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.node.rpc.PoolAnswers;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

/** Transactions are bytes: account, nonce, priority, a mark that tells equal ones apart. The fake chain counts nonces. */
final class TransactionPoolTest {

    private static final long LONGEVITY = 64;

    private final Map<Integer, Integer> nonces = new HashMap<>();
    private final Map<Hash, List<Bytes>> bodies = new HashMap<>();
    private final Map<Hash, BlockRef> parents = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private BlockRef best = block("0", 0);

    private final PoolChain chain = new PoolChain() {
        @Override
        public BlockRef best() {
            return best;
        }

        @Override
        public List<Bytes> body(Hash block) {
            return bodies.getOrDefault(block, List.of());
        }

        @Override
        public BlockRef parent(Hash block) {
            return parents.get(block);
        }
    };

    private TransactionPool pool = pool(new Limit(100, 10_000), new Limit(10, 10_000));

    private TransactionPool pool(Limit ready, Limit future) {
        return new TransactionPool(this::validate, chain, new PoolOptions(ready, future, Duration.ofMinutes(30), true),
                () -> now);
    }

    private static BlockRef block(String name, long number) {
        return new BlockRef(Hash.wrap(Blake2b.hash256(Bytes.ascii(name).view())), number);
    }

    private static OpaqueExtrinsic transaction(int account, int nonce, int priority, int mark) {
        return new OpaqueExtrinsic(Bytes.wrap(new byte[]{(byte) account, (byte) nonce, (byte) priority, (byte) mark}));
    }

    private static OpaqueExtrinsic transaction(int account, int nonce) {
        return transaction(account, nonce, 1, 0);
    }

    private static Hash hash(OpaqueExtrinsic extrinsic) {
        return PoolTransaction.hash(extrinsic.wire());
    }

    private TransactionValidator.Validity validate(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic) {
        byte[] content = extrinsic.content().view();
        int next = source == TransactionSource.IN_BLOCK ? content[1] : nonces.getOrDefault((int) content[0], 0);
        if (content[1] < next) {
            return new TransactionValidator.Validity.Refused(
                    TransactionValidityError.of(new InvalidTransaction.Stale()));
        }
        List<Bytes> requires = content[1] > next ? List.of(tag(content[0], content[1] - 1)) : List.of();
        return new TransactionValidator.Validity.Valid(
                new ValidTransaction(content[2], requires, List.of(tag(content[0], content[1])), LONGEVITY, true));
    }

    private static Bytes tag(int account, int nonce) {
        return Bytes.wrap(new byte[]{(byte) account, (byte) nonce});
    }

    private List<TransactionStatus> watch(OpaqueExtrinsic extrinsic) throws PoolRefusedException {
        List<TransactionStatus> statuses = new ArrayList<>();
        new PoolAnswers(pool).submitAndWatch(Bytes.wrap(extrinsic.wire()), statuses::add);
        return statuses;
    }

    private void submit(OpaqueExtrinsic extrinsic) throws PoolRefusedException {
        pool.submit(extrinsic, TransactionSource.EXTERNAL);
    }

    private PoolRefusal refusal(OpaqueExtrinsic extrinsic) {
        return assertThrows(PoolRefusedException.class, () -> submit(extrinsic)).refusal();
    }

    private List<OpaqueExtrinsic> ready() {
        return pool.ready().remaining().stream().map(PoolTransaction::extrinsic).toList();
    }

    private BlockRef include(String name, OpaqueExtrinsic... extrinsics) {
        return include(name, pool::onBestBlock, extrinsics);
    }

    private BlockRef include(String name, Consumer<TreeRoute> told, OpaqueExtrinsic... extrinsics) {
        BlockRef block = block(name, best.number() + 1);
        bodies.put(block.hash(), List.of(extrinsics).stream().map(OpaqueExtrinsic::content).toList());
        parents.put(block.hash(), best);
        for (OpaqueExtrinsic extrinsic : extrinsics) {
            byte[] content = extrinsic.content().view();
            nonces.put((int) content[0], content[1] + 1);
        }
        BlockRef parent = best;
        best = block;
        told.accept(new TreeRoute(List.of(), parent, List.of(block)));
        return block;
    }

    @Test
    void looksIntoBlocksOfThePastOnlyIfSomethingWaits() throws PoolRefusedException, InterruptedException {
        BlockRef first = include("past1", pool::onPastBlock, transaction(1, 0));
        assertEquals(0, pool.counts().pruned());
        assertTrue(pool.readyAt(first, Long.MAX_VALUE / 1_000_000).remaining().isEmpty());
        submit(transaction(1, 1));
        submit(transaction(1, 2));
        include("past2", pool::onPastBlock, transaction(1, 1));
        assertEquals(List.of(transaction(1, 2)), ready());
    }

    @Test
    void ordersByPriorityButNeverBeforeWhatIsRequired() throws PoolRefusedException {
        submit(transaction(1, 0, 1, 0));
        submit(transaction(1, 1, 9, 0));
        submit(transaction(2, 0, 5, 0));
        submit(transaction(3, 0, 5, 0));
        assertEquals(List.of(transaction(2, 0, 5, 0), transaction(3, 0, 5, 0), transaction(1, 0, 1, 0),
                transaction(1, 1, 9, 0)), ready());
    }

    @Test
    void letsALaterNonceWaitUntilTheEarlierOneComes() throws PoolRefusedException {
        List<TransactionStatus> later = watch(transaction(1, 1));
        assertEquals(new TransactionPool.Status(0, 1), pool.status());
        List<TransactionStatus> earlier = watch(transaction(1, 0));
        assertEquals(List.of(new TransactionStatus.Future(), new TransactionStatus.Ready()), later);
        assertEquals(List.of(new TransactionStatus.Ready()), earlier);
        assertEquals(List.of(transaction(1, 0), transaction(1, 1)), ready());
    }

    @Test
    void followsATransactionIntoABlockAndToFinality() throws PoolRefusedException {
        List<TransactionStatus> statuses = watch(transaction(1, 0));
        BlockRef block = include("a1", transaction(9, 0), transaction(1, 0));
        pool.onFinalised(List.of(block));
        assertEquals(List.of(new TransactionStatus.Ready(), new TransactionStatus.InBlock(block.hash(), 1),
                new TransactionStatus.Finalised(block.hash(), 1)), statuses);
        assertEquals(new TransactionPool.Status(0, 0), pool.status());
    }

    @Test
    void promotesWhatABlockUnlocked() throws PoolRefusedException {
        List<TransactionStatus> waiting = watch(transaction(1, 1));
        include("a1", transaction(1, 0));
        assertEquals(List.of(new TransactionStatus.Future(), new TransactionStatus.Ready()), waiting);
        assertEquals(List.of(transaction(1, 1)), ready());
    }

    @Test
    void replacesATransactionByOneOfHigherPriorityOnly() throws PoolRefusedException {
        List<TransactionStatus> old = watch(transaction(1, 0, 5, 0));
        List<TransactionStatus> dependant = watch(transaction(1, 1, 5, 0));
        assertEquals(new PoolRefusal.TooLowPriority(5, 5), refusal(transaction(1, 0, 5, 1)));
        submit(transaction(1, 0, 6, 1));
        assertEquals(new TransactionStatus.Usurped(hash(transaction(1, 0, 6, 1))), old.getLast());
        assertEquals(List.of(new TransactionStatus.Ready()), dependant);
        assertEquals(List.of(transaction(1, 0, 6, 1), transaction(1, 1, 5, 0)), ready());
    }

    @Test
    void refusesWhatItHolds() throws PoolRefusedException {
        submit(transaction(1, 0));
        assertEquals(new PoolRefusal.AlreadyImported(hash(transaction(1, 0))), refusal(transaction(1, 0)));
        assertEquals(new PoolRefusal.TemporarilyBanned(), refusal(transaction(1, 0)));
    }

    @Test
    void bansAnInvalidTransactionForATime() {
        nonces.put(1, 5);
        assertEquals(new PoolRefusal.Invalid(new InvalidTransaction.Stale()), refusal(transaction(1, 0)));
        assertEquals(new PoolRefusal.TemporarilyBanned(), refusal(transaction(1, 0)));
        now = now.plus(Duration.ofMinutes(30)).plusMillis(1);
        assertEquals(new PoolRefusal.TemporarilyBanned(), refusal(transaction(1, 0)));
        now = now.plus(Duration.ofMinutes(30)).plusMillis(1);
        include("a1");
        assertEquals(new PoolRefusal.Invalid(new InvalidTransaction.Stale()), refusal(transaction(1, 0)));
    }

    @Test
    void dropsTheLowestPriorityWhenItIsFull() throws PoolRefusedException {
        pool = pool(new Limit(2, 10_000), new Limit(1, 10_000));
        List<TransactionStatus> worst = watch(transaction(1, 0, 1, 0));
        submit(transaction(2, 0, 2, 0));
        submit(transaction(3, 0, 3, 0));
        assertEquals(List.of(new TransactionStatus.Ready(), new TransactionStatus.Dropped()), worst);
        assertEquals(new PoolRefusal.ImmediatelyDropped(), refusal(transaction(4, 0, 1, 0)));
    }

    @Test
    void bringsBackWhatAReorganisationTookOut() throws PoolRefusedException {
        List<TransactionStatus> statuses = watch(transaction(1, 0));
        BlockRef genesis = best;
        BlockRef first = include("a1", transaction(1, 0));
        nonces.put(1, 0);
        BlockRef fork1 = block("b1", 1);
        BlockRef fork2 = block("b2", 2);
        parents.put(fork1.hash(), genesis);
        parents.put(fork2.hash(), fork1);
        best = fork2;
        pool.onBestBlock(new TreeRoute(List.of(first), genesis, List.of(fork1, fork2)));
        assertEquals(List.of(new TransactionStatus.Ready(), new TransactionStatus.InBlock(first.hash(), 0),
                new TransactionStatus.Retracted(first.hash()), new TransactionStatus.Ready()), statuses);
        assertEquals(List.of(transaction(1, 0)), ready());
    }

    @Test
    void dropsWhatLivedTooLong() throws PoolRefusedException {
        List<TransactionStatus> statuses = watch(transaction(1, 0));
        BlockRef parent = best;
        best = block("far", LONGEVITY + 1);
        parents.put(best.hash(), parent);
        pool.onBestBlock(new TreeRoute(List.of(), parent, List.of(best)));
        assertEquals(new TransactionStatus.Invalid(), statuses.getLast());
        assertTrue(ready().isEmpty());
    }

    @Test
    void throwsOutWhatIsNotValidAnyMore() throws PoolRefusedException {
        List<TransactionStatus> statuses = watch(transaction(1, 0));
        nonces.put(1, 1);
        include("a1", transaction(2, 0));
        assertInstanceOf(TransactionStatus.Invalid.class, statuses.getLast());
    }

    @Test
    void skipsDependantsOfWhatABlockCouldNotTake() throws PoolRefusedException {
        submit(transaction(1, 0, 9, 0));
        submit(transaction(1, 1, 9, 0));
        submit(transaction(2, 0, 1, 0));
        ReadyTransactions ready = pool.ready();
        ready.skipDependants(ready.next().orElseThrow());
        assertEquals(List.of(hash(transaction(2, 0, 1, 0))),
                ready.remaining().stream().map(PoolTransaction::hash).toList());
    }
}
