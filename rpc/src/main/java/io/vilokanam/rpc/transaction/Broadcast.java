package io.vilokanam.rpc.transaction;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

/**
 * Keeps one transaction in the pool until it is final, or can never be: where the pool refuses or drops it for a passing
 * reason, it is submitted again at the next best block.
 */
final class Broadcast implements ChainListener {

    private static final int WORDS_MAX = 64;

    /** What a broadcast hears. */
    private enum Word {
        BEST_BLOCK,
        /** Dropped by the pool, for now. */
        DROPPED, ENDED
    }

    private final ChainBackend chain;
    private final PoolBackend pool;
    private final Bytes extrinsic;
    private final Hash hash;
    private final BlockingQueue<Word> words = new ArrayBlockingQueue<>(WORDS_MAX);
    private final Thread thread = Thread.ofVirtual().name("rpc-broadcast").unstarted(this::run);
    private final Runnable onEnd;

    /** {@code onEnd} is called when the broadcast ends by itself or was stopped. */
    Broadcast(ChainBackend chain, PoolBackend pool, Bytes extrinsic, Hash hash, Runnable onEnd) {
        this.chain = chain;
        this.pool = pool;
        this.extrinsic = extrinsic;
        this.hash = hash;
        this.onEnd = onEnd;
    }

    void start() {
        thread.start();
    }

    /** Takes the transaction out of the pool, too. */
    void stop() {
        thread.interrupt();
    }

    private void run() {
        Registration listening = chain.watch(this);
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = submit() && await(Word.BEST_BLOCK);
            }
        } catch (InterruptedException e) {
            // It was stopped; this thread ends here.
            pool.remove(List.of(hash));
        } finally {
            listening.close();
            onEnd.run();
        }
    }

    /** Whether it is worth another try. */
    private boolean submit() throws InterruptedException {
        try {
            Registration watching = pool.submitAndWatch(extrinsic, this::changed);
            try {
                return await(Word.DROPPED);
            } finally {
                watching.close();
            }
        } catch (PoolRefusedException e) {
            return isPassing(e.refusal());
        }
    }

    /** Waits for a word; false if the transaction ended. */
    private boolean await(Word awaited) throws InterruptedException {
        Word word = words.take();
        while (word != awaited && word != Word.ENDED) {
            word = words.take();
        }
        return word == awaited;
    }

    private void changed(TransactionStatus status) {
        switch (status) {
            case TransactionStatus.FinalityTimeout _,TransactionStatus.Dropped _,TransactionStatus.Invalid _ ->
                hear(Word.DROPPED);
            case TransactionStatus.Finalised _,TransactionStatus.Usurped _ -> hear(Word.ENDED);
            case TransactionStatus.Future _,TransactionStatus.Ready _,TransactionStatus.Broadcast _,TransactionStatus.InBlock _,TransactionStatus.Retracted _ -> {
                // On its way.
            }
        }
    }

    /** Best blocks may be missed, there is always another; of the others there is one a submission. */
    private void hear(Word word) {
        while (!words.offer(word) && word != Word.BEST_BLOCK) {
            words.poll();
        }
    }

    private static boolean isPassing(PoolRefusal refusal) {
        return switch (refusal) {
            case PoolRefusal.TemporarilyBanned _,PoolRefusal.ImmediatelyDropped _,PoolRefusal.FutureNotAccepted _ ->
                true;
            case PoolRefusal.Invalid _,PoolRefusal.UnknownValidity _,PoolRefusal.ValidationFailed _,PoolRefusal.AlreadyImported _,PoolRefusal.TooLowPriority _,PoolRefusal.CycleDetected _,PoolRefusal.Unactionable _,PoolRefusal.NoTagsProvided _ ->
                false;
        };
    }

    @Override
    public void imported(ImportedBlock block) {
        if (block.isBest()) {
            hear(Word.BEST_BLOCK);
        }
    }

    @Override
    public void finalised(List<Hash> blocks, List<Hash> pruned) {
        // The pool tells of finality.
    }
}
