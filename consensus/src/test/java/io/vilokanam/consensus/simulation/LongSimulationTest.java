package io.vilokanam.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/**
 * Many networks, each from a seed, with as many liars as can be borne: no two final blocks of one height, whatever happens, and
 * finality goes on in bounded time whenever the trouble is over. Few of them by default; the system properties
 * {@code vilokanam.simulation.seeds}, {@code .rounds} (of all networks together) and {@code .seed} (the first) say otherwise.
 */
class LongSimulationTest {

    private static final int SEEDS = Integer.getInteger("vilokanam.simulation.seeds", 12);
    private static final int ROUNDS = Integer.getInteger("vilokanam.simulation.rounds", 1_200);
    private static final long FIRST_SEED = Long.getLong("vilokanam.simulation.seed", 1);

    /** Simulated time in which finality must have come on by three blocks once all are up, joined and in reach. */
    private static final long RECOVERY_MILLIS_MAX = 10 * 60_000;

    private static final long TOLD_EVERY = 100;

    private record Result(int rounds, long finalised, int heals, long recoveryMax) {
        private Result plus(Result other) {
            return new Result(rounds + other.rounds, finalised + other.finalised, heals + other.heals,
                    Math.max(recoveryMax, other.recoveryMax));
        }
    }

    @Test
    void finalityNeverForksAndComesBackThoughAThirdLies() {
        Result total = new Result(0, 0, 0, 0);
        for (int i = 0; i < SEEDS; i++) {
            long seed = FIRST_SEED + i;
            try {
                total = total.plus(run(seed, (ROUNDS - total.rounds + SEEDS - i - 1) / (SEEDS - i)));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
            if ((i + 1) % TOLD_EVERY == 0) {
                tell(i + 1, total);
            }
        }
        tell(SEEDS, total);
        assertTrue(total.rounds >= ROUNDS, "too few rounds: " + total);
    }

    private static void tell(int seeds, Result result) {
        System.out.println(seeds + " seeds: " + result.rounds + " rounds, " + result.finalised + " blocks final, "
                + result.heals + " faults healed, finality back within " + result.recoveryMax + " ms");
    }

    /** One network, until it has voted in so many rounds. */
    private static Result run(long seed, int rounds) {
        Random random = new Random(seed);
        int validators = List.of(4, 4, 4, 7, 7, 10).get(random.nextInt(6));
        int liars = (validators - 1) / 3;
        List<Integer> all = IntStream.range(0, validators).boxed().toList();
        Simulation net = Simulation.seeded(seed).validators(validators).byzantineOfManyKinds(liars)
                .clockSkew(random.nextLong(500))
                .changes(List.of(new SimNode.PlannedChange(3 + random.nextInt(20), all, random.nextInt(4)),
                        new SimNode.PlannedChange(30 + random.nextInt(20), all, random.nextInt(4))))
                .delay(1 + random.nextLong(80)).start();
        int heals = 0;
        long recoveryMax = 0;
        while (net.rounds() < rounds) {
            trouble(net, random, validators);
            heals++;
            long from = net.elapsed();
            net.runUntil(net.allFinalized(net.highestFinalized() + 3), RECOVERY_MILLIS_MAX);
            recoveryMax = Math.max(recoveryMax, net.elapsed() - from);
            net.runFor(random.nextLong(30_000));
        }
        return new Result(net.rounds(), net.highestFinalized(), heals, recoveryMax);
    }

    private static void trouble(Simulation net, Random random, int validators) {
        Set<Integer> down = new TreeSet<>();
        net.loss(random.nextDouble(0.15)).delay(1 + random.nextLong(random.nextBoolean() ? 80 : 1_500));
        int events = 1 + random.nextInt(4);
        for (int i = 0; i < events; i++) {
            int victim = random.nextInt(validators);
            switch (random.nextInt(3)) {
                case 0 -> net.partition(Set.of(victim, (victim + 1 + random.nextInt(validators - 1)) % validators));
                case 1 -> net.heal();
                default -> {
                    if (down.add(victim)) {
                        net.crash(victim);
                    }
                }
            }
            net.runFor(random.nextLong(12_000));
        }
        down.forEach(net::restart);
        net.heal().loss(0).delay(80);
    }
}
