package io.vilokanam.node.executing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;

import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.call.SignatureClaim;
import io.vilokanam.host.call.SignatureVerdicts;
import io.vilokanam.host.call.VerifiedSignatures;

/**
 * Verifies announced signatures in batches on all cores while the caller goes on. Whoever asks for an answer of a batch that
 * nobody has begun yet verifies it himself instead of waiting. Signatures that are not announced, those of transactions on their
 * way into the pool, are remembered for the block.
 */
public final class ParallelSignatures implements SignatureBatches, AutoCloseable {

    /** A batch is at most so large: beyond, the gain for each signature is small and answers come late. */
    private static final int BATCH_SIZE = 128;

    private final RandomGenerator random;
    private final ExecutorService workers;
    private final KnownSignatures known = new KnownSignatures();

    /** @param random cryptographic, safe for several threads */
    public ParallelSignatures(RandomGenerator random, int threads) {
        this.random = random;
        this.workers = Executors.newFixedThreadPool(threads,
                Thread.ofPlatform().daemon().name("signatures-", 0).factory());
    }

    @Override
    public boolean verify(SignatureClaim claim) {
        if (known.contains(claim)) {
            return true;
        }
        boolean holds = claim.holds();
        if (holds) {
            known.note(claim);
        }
        return holds;
    }

    @Override
    public boolean[] verify(List<SignatureClaim> claims) {
        VerifiedSignatures verified = VerifiedSignatures
                .verify(claims.stream().filter(claim -> !known.contains(claim)).toList(), random);
        boolean[] holds = new boolean[claims.size()];
        for (int i = 0; i < holds.length; i++) {
            SignatureClaim claim = claims.get(i);
            Optional<Boolean> verdict = verified.find(claim);
            holds[i] = verdict.isPresent() ? verdict.get() : verify(claim);
            if (holds[i]) {
                known.note(claim);
            }
        }
        return holds;
    }

    @Override
    public SignatureVerdicts begin(List<SignatureClaim> announced) {
        List<SignatureClaim> claims = announced.stream().filter(claim -> !known.contains(claim)).toList();
        Map<SignatureClaim, FutureTask<VerifiedSignatures>> batches = HashMap.newHashMap(claims.size());
        List<FutureTask<VerifiedSignatures>> tasks = new ArrayList<>();
        for (int from = 0; from < claims.size(); from += BATCH_SIZE) {
            List<SignatureClaim> part = claims.subList(from, Math.min(from + BATCH_SIZE, claims.size()));
            var task = new FutureTask<>(() -> VerifiedSignatures.verify(part, random));
            part.forEach(claim -> batches.put(claim, task));
            tasks.add(task);
        }
        tasks.forEach(workers::execute);
        return claim -> {
            FutureTask<VerifiedSignatures> task = batches.get(claim);
            return task == null ? Optional.empty() : result(task).find(claim);
        };
    }

    private static VerifiedSignatures result(FutureTask<VerifiedSignatures> task) {
        task.run();
        try {
            return Waiting.result(task);
        } catch (ExecutionException e) {
            throw new IllegalStateException("signatures could not be verified", e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
