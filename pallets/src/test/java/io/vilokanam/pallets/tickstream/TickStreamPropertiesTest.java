package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CHALLENGE;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.EXPIRY;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

/** Whatever viewers, creators, payees, settlers and root do, the invariants of DESIGN section 4 hold after each step. */
class TickStreamPropertiesTest {

    private static final int STEPS = 120;

    @SeededTest(runs = 200)
    void theInvariantsHoldWhateverHappens(long seed) {
        invariantsHold(new RandomWorld(seed, false));
    }

    @SeededTest(runs = 200)
    void theyHoldAndNothingStopsWhileGovernanceChangesTheRules(long seed) {
        invariantsHold(new RandomWorld(seed, true));
    }

    private static void invariantsHold(RandomWorld world) {
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        world.idle(EXPIRY + CHALLENGE + 20);
        TickChain chain = world.chain();
        assertEquals(0, chain.entriesOf("Sessions") + chain.entriesOf("SessionOf") + chain.entriesOf("Due"),
                "nothing is stuck");
        world.payEverybody();
        assertEquals(0, chain.entriesOf("Accrued") + chain.held(), "nobody's money is stuck");
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
    }

    @Test
    void theRandomWorldIsFull() {
        Set<String> seen = new TreeSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            RandomWorld world = new RandomWorld(seed, seed % 2 == 0);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            world.idle(EXPIRY + CHALLENGE);
            seen.addAll(world.ledger().seen);
        }
        Set<String> expected = new TreeSet<>();
        for (SkipReason reason : SkipReason.values()) {
            expected.add(reason.name());
        }
        for (Class<?> event : TickStreamEvent.class.getPermittedSubclasses()) {
            expected.add(event.getSimpleName());
        }
        // Chains are too short for a step of 4,096; keys are not touched; a reason stands for a skipped entry.
        expected.removeAll(Set.of("STEP_TOO_LARGE", "SettlementKeySet", "EntrySkipped"));
        assertEquals(expected, seen);
    }
}
