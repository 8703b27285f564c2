package io.vilokanam.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.rpc.backend.PoolBackend.Submitted;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.TransactionStatus;

class IntakeTest {

    private static final int SECONDS_MAX = 60;

    private final ScriptedChain chain = new ScriptedChain();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private volatile boolean isHeldUp;
    private volatile boolean isBroken;
    private volatile boolean isOutOfStack;
    private final List<Integer> batches = new ArrayList<>();

    private final TransactionPool pool = new TransactionPool(new TransactionValidator() {
        @Override
        public Validity validate(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic) {
            return chain.validate(at, source, extrinsic);
        }

        @Override
        public List<Validity> validateEach(BlockRef at, TransactionSource source, List<OpaqueExtrinsic> extrinsics) {
            if (isBroken) {
                throw new IllegalStateException("broken, for the test");
            }
            if (isOutOfStack) {
                throw new StackOverflowError("for the test");
            }
            synchronized (batches) {
                batches.add(extrinsics.size());
            }
            if (isHeldUp) {
                await(mayGoOn);
            }
            return TransactionValidator.super.validateEach(at, source, extrinsics);
        }
    }, chain, new PoolOptions(new Limit(100_000, 10_000_000), new Limit(100_000, 10_000_000), Duration.ofMinutes(30),
            true), InstantSource.system());

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(SECONDS_MAX, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<Submitted> submit(Intake intake, OpaqueExtrinsic extrinsic) {
        var answer = new CompletableFuture<Submitted>();
        intake.submit(extrinsic, Optional.empty(), answer::complete);
        return answer.orTimeout(SECONDS_MAX, TimeUnit.SECONDS);
    }

    @Test
    void whatComesAtOneTimeIsTakenInTogetherAndEachIsToldItsOwn() {
        Intake intake = new Intake(pool, 2);
        isHeldUp = true;
        List<CompletableFuture<Submitted>> answers = new ArrayList<>();
        for (int account = 1; account <= 200; account++) {
            answers.add(submit(intake, ScriptedChain.transaction(account, 0).extrinsic()));
            answers.add(submit(intake, ScriptedChain.transaction(account, 0).extrinsic()));
        }
        mayGoOn.countDown();
        for (int account = 1; account <= 200; account++) {
            var hash = ScriptedChain.transaction(account, 0).hash();
            List<Submitted> both = List.of(answers.get(2 * account - 2).join(), answers.get(2 * account - 1).join());
            assertTrue(both.contains(new Submitted.Taken(hash)), both::toString);
            assertTrue(both.stream().anyMatch(Submitted.Refused.class::isInstance), both::toString);
        }
        assertEquals(200, pool.status().ready());
        assertTrue(batches.stream().allMatch(size -> size <= Intake.BATCH_MAX), batches::toString);
        assertTrue(batches.size() <= 400 / 4, batches::toString);
    }

    @Test
    void oneThatIsWatchedHearsOfItsStatus() {
        Intake intake = new Intake(pool, 2);
        List<TransactionStatus> statuses = new ArrayList<>();
        var answer = new CompletableFuture<Submitted>();
        intake.submit(ScriptedChain.transaction(1, 0).extrinsic(), Optional.of(statuses::add), answer::complete);
        assertInstanceOf(Submitted.Taken.class, answer.orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join());
        assertEquals(List.of(new TransactionStatus.Ready()), statuses);
    }

    @Test
    void whatComesWhileTooManyWaitIsDropped() {
        Intake intake = new Intake(pool, 1);
        isHeldUp = true;
        List<CompletableFuture<Submitted>> answers = new ArrayList<>();
        for (int nonce = 0; nonce < Intake.WAITING_MAX + 2 * Intake.BATCH_MAX; nonce++) {
            answers.add(submit(intake, ScriptedChain.transaction(1, nonce).extrinsic()));
        }
        assertEquals(new Submitted.Refused(new PoolRefusal.ImmediatelyDropped()), answers.getLast().join());
        mayGoOn.countDown();
        assertInstanceOf(Submitted.Taken.class, answers.getFirst().join());
        assertInstanceOf(Submitted.Taken.class, answers.get(Intake.WAITING_MAX - 1).join());
    }

    @Test
    void whoeverWaitsHearsOfABrokenPoolAndTheNextIsTakenIn() {
        Intake intake = new Intake(pool, 2);
        isBroken = true;
        Submitted broken = submit(intake, ScriptedChain.transaction(1, 0).extrinsic()).join();
        assertInstanceOf(PoolRefusal.ValidationFailed.class,
                assertInstanceOf(Submitted.Refused.class, broken).refusal());
        isBroken = false;
        assertInstanceOf(Submitted.Taken.class,
                submit(intake, ScriptedChain.transaction(2, 0).extrinsic()).join());
    }

    @Test
    void whoeverWaitsHearsOfAnErrorThatEndsTheThreadAndTheNextIsTakenIn() {
        Intake intake = new Intake(pool, 1);
        isOutOfStack = true;
        Submitted broken = submit(intake, ScriptedChain.transaction(1, 0).extrinsic()).join();
        assertInstanceOf(PoolRefusal.ValidationFailed.class,
                assertInstanceOf(Submitted.Refused.class, broken).refusal());
        isOutOfStack = false;
        assertInstanceOf(Submitted.Taken.class,
                submit(intake, ScriptedChain.transaction(2, 0).extrinsic()).join());
    }
}
