package io.vilokanam.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.vilokanam.testkit.SeededTest;

class SimulationTest {

    private static final long MINUTE = 60_000;

    @SeededTest(runs = 10)
    void aLoneValidatorFinalisesItsChain(long seed) {
        var net = Simulation.seeded(seed).validators(1).start();
        net.runUntil(net.allFinalized(20), 2 * MINUTE);
    }

    @SeededTest(runs = 12)
    void twoValidatorsFinaliseAChain(long seed) {
        var net = Simulation.seeded(seed).validators(2).clockSkew(200).start();
        net.runUntil(net.allFinalized(30), 3 * MINUTE);
    }

    @SeededTest(runs = 12)
    void fourValidatorsFinaliseThoughMessagesAreLost(long seed) {
        var net = Simulation.seeded(seed).validators(4).clockSkew(400).loss(0.05).start();
        net.runUntil(net.allFinalized(30), 10 * MINUTE);
    }

    /** Commits of two voters may cross, and what is kept is repeated; nothing else is held against an honest peer. */
    @SeededTest(runs = 5)
    void honestPeersAreBlamedForTriflesOnly(long seed) {
        var net = Simulation.seeded(seed).validators(4).clockSkew(100)
                .changes(List.of(new SimNode.PlannedChange(10, List.of(0, 1, 2, 3), 1))).start();
        net.runUntil(net.allFinalized(60), 5 * MINUTE);
        assertEquals(Set.of("Grandpa: Past message", "Duplicate gossip"), net.blame().keySet());
        assertTrue(net.blame().get("Grandpa: Past message") < 300, () -> net.blame().toString());
    }

    @SeededTest(runs = 12)
    void aSplitNetworkFinalisesNothingAndGoesOnOnceItIsHealed(long seed) {
        var net = Simulation.seeded(seed).validators(4).clockSkew(200).start();
        net.runUntil(net.allFinalized(10), 3 * MINUTE);
        net.partition(Set.of(0, 1)).runFor(5 * MINUTE);
        long stuck = net.highestFinalized();
        net.runFor(MINUTE);
        assertEquals(stuck, net.highestFinalized());
        net.heal().runUntil(net.allFinalized(stuck + 40), 10 * MINUTE);
    }

    @SeededTest(runs = 12)
    void oneLiarOfFourIsCaughtAndStopsNothing(long seed) {
        var net = Simulation.seeded(seed).validators(4).byzantine(1).clockSkew(200).start();
        net.runUntil(net.allFinalized(30), 10 * MINUTE);
        assertTrue(net.reported().contains(FakeKeys.key(3)), "the liar was not reported");
    }

    @SeededTest(runs = 12)
    void crashedValidatorsComeBackWithoutVotingTwice(long seed) {
        var net = Simulation.seeded(seed).validators(4).clockSkew(200).start();
        net.runUntil(net.allFinalized(8), 3 * MINUTE);
        for (int i = 0; i < 8; i++) {
            int victim = i % 4;
            net.runFor(700 + 311 * i).crash(victim).runFor(900 + 1777L * i).restart(victim).runFor(500);
        }
        net.runUntil(net.allFinalized(net.highestFinalized() + 10), 10 * MINUTE);
    }

    @SeededTest(runs = 12)
    void twoValidatorsSurviveCrashes(long seed) {
        var net = Simulation.seeded(seed).validators(2).start();
        for (int i = 0; i < 6; i++) {
            net.runFor(3_000 + 777 * i).crash(i % 2).runFor(5_000).restart(i % 2);
        }
        net.runUntil(net.allFinalized(net.highestFinalized() + 10), 10 * MINUTE);
    }

    @SeededTest(runs = 12)
    void aLateValidatorCatchesUp(long seed) {
        var net = Simulation.seeded(seed).validators(4).start();
        net.runUntil(net.allFinalized(5), MINUTE).crash(2).runFor(3 * MINUTE).restart(2);
        net.runUntil(net.allFinalized(net.highestFinalized() + 5), 3 * MINUTE);
    }

    @SeededTest(runs = 12)
    void authoritySetsChangeUnderLoad(long seed) {
        var net = Simulation.seeded(seed).validators(4).clockSkew(300).loss(0.02)
                .changes(List.of(new SimNode.PlannedChange(6, List.of(0, 1, 2), 0),
                        new SimNode.PlannedChange(14, List.of(0, 1, 2, 3), 3),
                        new SimNode.PlannedChange(25, List.of(1, 3), 1)))
                .start();
        net.runUntil(net.allFinalized(40), 15 * MINUTE);
        for (int i = 0; i < 4; i++) {
            assertEquals(3, net.node(i).setId());
        }
    }

    /** Anything may happen for some minutes; then all are up and joined, and finality must go on. */
    @SeededTest(runs = 60)
    void finalityNeverForksAndGoesOnAfterAnyTrouble(long seed) {
        var random = new Random(seed);
        int validators = 1 + random.nextInt(7);
        int liars = random.nextInt((validators - 1) / 3 + 1);
        List<Integer> all = IntStream.range(0, validators).boxed().toList();
        var net = Simulation.seeded(seed).validators(validators).byzantine(liars).clockSkew(random.nextLong(600))
                .changes(List.of(new SimNode.PlannedChange(3 + random.nextInt(20), all, random.nextInt(4)),
                        new SimNode.PlannedChange(30 + random.nextInt(20), all, random.nextInt(4))))
                .delay(1 + random.nextLong(random.nextBoolean() ? 60 : 1_500)).loss(random.nextDouble(0.15)).start();
        Set<Integer> down = new TreeSet<>();
        for (int i = 0; i < 12; i++) {
            int victim = random.nextInt(validators);
            switch (random.nextInt(4)) {
                case 0 -> net.partition(Set.of(victim, random.nextInt(validators) + validators));
                case 1 -> net.heal();
                case 2 -> {
                    if (down.add(victim)) {
                        net.crash(victim);
                    }
                }
                default -> down.stream().findFirst().ifPresent(dead -> {
                    down.remove(dead);
                    net.restart(dead);
                });
            }
            net.runFor(random.nextLong(25_000));
        }
        down.forEach(net::restart);
        net.heal().loss(0).delay(80);
        net.runUntil(net.allFinalized(net.highestFinalized() + 10), 15 * MINUTE);
    }

    @SeededTest(runs = 5)
    void equalSeedsGiveEqualRuns(long seed) {
        assertEquals(run(seed), run(seed));
    }

    private static String run(long seed) {
        var net = Simulation.seeded(seed).validators(4).clockSkew(300).loss(0.1).start().runFor(MINUTE);
        var text = new StringBuilder();
        for (int i = 0; i < net.size(); i++) {
            text.append(net.node(i)).append(net.node(i).chain.finalized());
        }
        return text.toString();
    }
}
