package io.vilokanam.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.pool.ScriptedChain.Content;
import io.vilokanam.node.rpc.PoolAnswers;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.rpc.backend.PendingStatus;
import io.vilokanam.rpc.backend.PendingStatus.Place;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

/** The ends that a transaction may come to, and what the pool says of it meanwhile and afterwards. */
final class PoolLivesTest {

    private static final int SIZE = PoolTransaction.validAt(0,
            Submission.of(ScriptedChain.transaction(1, 0).extrinsic(), Optional.empty()),
            TransactionSource.EXTERNAL, valid()).size();

    private final ScriptedChain chain = new ScriptedChain();
    private Instant now = Instant.EPOCH;
    private TransactionPool pool = pool(new Limit(100, 100_000), new Limit(100, 100_000));

    private static ValidTransaction valid() {
        return new ValidTransaction(1, List.of(), List.of(ScriptedChain.tag(1, 0)), 1, true);
    }

    private TransactionPool pool(Limit ready, Limit future) {
        return new TransactionPool(chain, chain, new PoolOptions(ready, future, Duration.ofMinutes(30), true),
                () -> now);
    }

    private List<TransactionStatus> watch(Content content) throws PoolRefusedException {
        List<TransactionStatus> statuses = new ArrayList<>();
        new PoolAnswers(pool).submitAndWatch(Bytes.wrap(content.extrinsic().wire()), statuses::add);
        return statuses;
    }

    private PoolRefusal refusal(Content content) {
        return assertThrows(PoolRefusedException.class, () -> watch(content)).refusal();
    }

    private BlockRef extend(Content... contents) {
        List<OpaqueExtrinsic> body = new ArrayList<>();
        for (Content content : contents) {
            body.add(content.extrinsic());
        }
        BlockRef block = chain.add(chain.best(), body);
        pool.onBestBlock(chain.enact(block));
        return block;
    }

    private Place place(Content content) {
        return pool.status(content.hash()).place();
    }

    @Test
    void givesUpWaitingForFinalityAfter512Blocks() throws PoolRefusedException {
        List<TransactionStatus> statuses = watch(ScriptedChain.transaction(1, 0));
        BlockRef block = extend(ScriptedChain.transaction(1, 0));
        for (int i = 1; i < Watchers.BLOCKS_MAX; i++) {
            extend();
        }
        assertEquals(new TransactionStatus.InBlock(block.hash(), 0), statuses.getLast());
        extend();
        assertEquals(new TransactionStatus.FinalityTimeout(block.hash()), statuses.getLast());
        pool.onFinalised(List.of(block));
        assertEquals(3, statuses.size());
    }

    @Test
    void throwsOutAMortalTransactionWhoseLastBlockIsThere() throws PoolRefusedException {
        Content mortal = ScriptedChain.transaction(1, 0).withLastBlock(3);
        List<TransactionStatus> statuses = watch(mortal);
        List<TransactionStatus> waiting = watch(ScriptedChain.transaction(2, 1).withLastBlock(3));
        extend();
        extend();
        assertEquals(List.of(new TransactionStatus.Ready()), statuses);
        extend();
        assertEquals(new TransactionStatus.Invalid(), statuses.getLast());
        assertEquals(List.of(new TransactionStatus.Future(), new TransactionStatus.Invalid()), waiting);
        assertEquals(new TransactionPool.Status(0, 0), pool.status());
        assertEquals(new PoolRefusal.TemporarilyBanned(), refusal(mortal));
    }

    @Test
    void keepsTheLimitOfBytesOfReadyOnes() throws PoolRefusedException {
        pool = pool(new Limit(100, 3L * SIZE), new Limit(100, 100_000));
        List<TransactionStatus> first = watch(ScriptedChain.transaction(1, 0));
        List<TransactionStatus> second = watch(ScriptedChain.transaction(2, 0).withPriority(2));
        watch(ScriptedChain.transaction(3, 0).withPriority(2));
        assertEquals(List.of(new TransactionStatus.Ready()), first);
        watch(ScriptedChain.transaction(4, 0).withPriority(3));
        assertEquals(new TransactionStatus.Dropped(), first.getLast());
        watch(ScriptedChain.transaction(5, 0).withPriority(4).withPadding(1));
        assertEquals(new TransactionStatus.Dropped(), second.getLast());
    }

    @Test
    void dropsTheOldestOfThoseThatAreEquallyBad() throws PoolRefusedException {
        pool = pool(new Limit(2, 100_000), new Limit(100, 100_000));
        List<TransactionStatus> oldest = watch(ScriptedChain.transaction(1, 0));
        List<TransactionStatus> newer = watch(ScriptedChain.transaction(2, 0));
        List<TransactionStatus> newest = watch(ScriptedChain.transaction(3, 0));
        assertEquals(new TransactionStatus.Dropped(), oldest.getLast());
        assertEquals(List.of(new TransactionStatus.Ready()), newer);
        assertEquals(List.of(new TransactionStatus.Ready()), newest);
    }

    @Test
    void keepsTheLimitsOfFutureOnes() throws PoolRefusedException {
        pool = pool(new Limit(100, 100_000), new Limit(2, 100_000));
        List<TransactionStatus> oldest = watch(ScriptedChain.transaction(1, 1));
        watch(ScriptedChain.transaction(2, 1));
        watch(ScriptedChain.transaction(3, 1));
        assertEquals(List.of(new TransactionStatus.Future(), new TransactionStatus.Dropped()), oldest);
        pool = pool(new Limit(100, 100_000), new Limit(2, SIZE));
        oldest = watch(ScriptedChain.transaction(1, 1));
        watch(ScriptedChain.transaction(2, 1));
        assertEquals(new TransactionStatus.Dropped(), oldest.getLast());
        assertEquals(new PoolRefusal.ImmediatelyDropped(), refusal(ScriptedChain.transaction(3, 1).withPadding(1)));
    }

    @Test
    void tellsWhyATransactionWaits() throws PoolRefusedException {
        Content later = ScriptedChain.transaction(1, 2);
        watch(later);
        assertEquals(new Place.Future(1, -1, List.of(ScriptedChain.tag(1, 1))), place(later));
        watch(ScriptedChain.transaction(1, 0));
        watch(ScriptedChain.transaction(1, 1));
        assertEquals(new Place.Ready(1, -1), place(later));
        BlockRef block = extend(ScriptedChain.transaction(1, 0), ScriptedChain.transaction(1, 1), later);
        assertEquals(new Place.InBlock(block.hash()), place(later));
        assertEquals(new PendingStatus(new Place.Unknown(), Optional.empty()),
                pool.status(ScriptedChain.transaction(7, 7).hash()));
    }

    @Test
    void tellsWhyATransactionWasRefusedAndForHowLongItIsBanned() {
        extend(ScriptedChain.transaction(1, 0));
        Content stale = ScriptedChain.transaction(1, 0).withPriority(9);
        PoolRefusal refusal = refusal(stale);
        var best = new io.vilokanam.rpc.backend.BlockRef(chain.best().hash(), 1);
        now = now.plus(Duration.ofMinutes(10));
        assertEquals(new PendingStatus(new Place.Refused(refusal, best), Optional.of(Duration.ofMinutes(20))),
                pool.status(stale.hash()));
        assertEquals(new PoolRefusal.Invalid(new InvalidTransaction.Stale()), refusal);
    }

    @Test
    void tellsWhatThrewATransactionOut() throws PoolRefusedException {
        Content replaced = ScriptedChain.transaction(1, 0);
        Content better = replaced.withPriority(2);
        watch(replaced);
        watch(better);
        assertTrue(place(replaced) instanceof Place.Removed(TransactionStatus.Usurped(var by), var reason, _)
                && by.equals(better.hash()) && reason.isEmpty());
        Content other = better.withPriority(3);
        extend(other);
        assertTrue(place(better) instanceof Place.Removed(TransactionStatus.Invalid(), var reason, _)
                && reason.equals(Optional.of(new PoolRefusal.Invalid(new InvalidTransaction.Stale()))),
                () -> place(better).toString());
    }

    @Test
    void forgetsTheOldestFatesFirst() {
        Fates fates = new Fates();
        for (int i = 0; i <= Fates.REMEMBERED_MAX; i++) {
            fates.note(ScriptedChain.transaction(i, 0).hash(), new Place.Unknown());
        }
        assertTrue(fates.of(ScriptedChain.transaction(0, 0).hash()).isEmpty());
        assertTrue(fates.of(ScriptedChain.transaction(1, 0).hash()).isPresent());
    }

    @Test
    void tellsThoseWhoseTransactionWasRetractedAndIsNotValidAnyMore() throws PoolRefusedException {
        Content content = ScriptedChain.transaction(1, 0);
        List<TransactionStatus> statuses = watch(content);
        BlockRef genesis = chain.best();
        BlockRef first = extend(content);
        BlockRef fork = chain.add(chain.add(genesis, List.of(content.withPriority(5).extrinsic())), List.of());
        pool.onBestBlock(chain.enact(fork));
        assertEquals(List.of(new TransactionStatus.Ready(), new TransactionStatus.InBlock(first.hash(), 0),
                new TransactionStatus.Retracted(first.hash()), new TransactionStatus.Invalid()), statuses);
    }
}
