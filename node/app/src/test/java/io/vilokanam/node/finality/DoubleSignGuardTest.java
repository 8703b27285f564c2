package io.vilokanam.node.finality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

final class DoubleSignGuardTest {

    private static final PublicKey OWN = new PublicKey(Bytes.wrap(new byte[32]));

    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean isListening = new AtomicBoolean(true);
    private final DoubleSignGuard guard = new DoubleSignGuard(now::get, 100, isListening::get);

    @Test
    void holdsUntilItHasListenedForLongEnough() {
        assertTrue(guard.isHolding());
        now.set(99);
        assertTrue(guard.isHolding());
        now.set(100);
        assertFalse(guard.isHolding());
    }

    @Test
    void countsOnlyTheTimeInWhichItHearsOthers() {
        assertTrue(guard.isHolding());
        now.set(90);
        isListening.set(false);
        assertTrue(guard.isHolding());
        now.set(500);
        isListening.set(true);
        assertTrue(guard.isHolding(), "it begins again");
        now.set(600);
        assertFalse(guard.isHolding());
    }

    @Test
    void toleratesItsOwnVotesOfTheRoundInWhichItCame() throws Exception {
        assertTrue(guard.isHolding());
        guard.ownVoteHeard(3, 7, OWN);
        guard.ownVoteHeard(3, 7, OWN);
        assertEquals(Optional.empty(), guard.awaitSighting(0));
        guard.ownVoteHeard(3, 8, OWN);
        assertTrue(guard.awaitSighting(0).orElseThrow().startsWith("a vote of round 8 of set 3"));
        now.set(10_000);
        assertTrue(guard.isHolding(), "it never signs after that");
    }

    @Test
    void seesVotesOfALaterSet() throws Exception {
        guard.roundHeard(3, 7);
        guard.ownVoteHeard(4, 1, OWN);
        assertTrue(guard.awaitSighting(0).isPresent());
    }

    @Test
    void seesBlocksEvenWhenItHasLetGo() throws Exception {
        DoubleSignGuard none = DoubleSignGuard.none();
        assertFalse(none.isHolding());
        none.ownVoteHeard(0, 1, OWN);
        none.ownVoteHeard(0, 2, OWN);
        assertEquals(Optional.empty(), none.awaitSighting(0), "its own votes come back from others");
        none.ownBlockHeard(5, OWN);
        assertTrue(none.awaitSighting(0).orElseThrow().startsWith("a block of slot 5"));
    }
}
