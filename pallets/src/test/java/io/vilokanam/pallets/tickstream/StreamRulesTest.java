package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CHALLENGE;
import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.PLATFORM;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.U128;

/** What governance changes of streams, and payouts that wait for a registrar. A tick costs 100, of which the payee gets 90. */
class StreamRulesTest {

    private static final int INDEX = 27;
    private static final DispatchError BAD_LIMITS = new DispatchError.Module(ModuleError.of(INDEX, 0));
    private static final DispatchError NOTHING_HELD = new DispatchError.Module(ModuleError.of(INDEX, 1));
    private static final DispatchError JUDGEMENT_NEEDED = new DispatchError.Module(ModuleError.of(INDEX, 2));
    private static final DispatchError BAD_ORIGIN = new DispatchError.BadOrigin();
    private static final Origin ANYBODY = Origin.signed(OTHER);
    private static final long DEPOSIT = 50_000;
    private static final long YEAR = 31_556_952_000L;

    private final TickChain chain = new TickChain();
    private final Words words = new Words(1, 10_000);

    private long watched(long ticks) {
        long session = chain.open(VIEWER, chain.createStream(), DEPOSIT, words);
        chain.watch(ticks);
        return session;
    }

    private void limit(long plancks) {
        chain.ok(Origin.ROOT, new StreamRules.Call.SetYearlyPayout(Optional.of(U128.of(plancks))));
    }

    private long earned() {
        return chain.free(CREATOR) - ENDOWMENT;
    }

    private long held() {
        return chain.rules.heldFor(chain.ext, CREATOR).saturatedToU64();
    }

    /** All that the pot holds is somebody's. */
    private void assertPot(long session) {
        long escrow = chain.session(session).map(open -> open.escrow().saturatedToU64()).orElse(0L);
        assertEquals(escrow + chain.accrued() + held() + EXISTENTIAL_DEPOSIT, chain.free(POT));
    }

    private static StreamRules.Call payHeld() {
        return new StreamRules.Call.PayHeld(CREATOR);
    }

    @Test
    void nothingWaitsAndNothingIsCountedWithoutALimit() {
        long session = watched(100);
        chain.settle(words.entry(session, 100));
        assertEquals(9_000, earned());
        limit(9_000);
        chain.ok(CREATOR, new TickStreamCall.Claim(words.entry(session, 110)));
        assertEquals(9_900, earned(), "what came before the limit does not count");
        assertPot(session);
    }

    @Test
    void aPayoutBeyondTheLimitWaitsUntilARegistrarVouchesForThePayee() {
        limit(9_000);
        long session = watched(200);
        chain.settle(words.entry(session, 100));
        assertEquals(9_000, earned());
        long platform = chain.free(PLATFORM);
        chain.settle(words.entry(session, 101));
        assertEquals(9_000, earned());
        assertEquals(90, held());
        assertEquals(platform + 10, chain.free(PLATFORM), "the platform's share does not wait");
        assertPot(session);
        chain.noop(ANYBODY, payHeld(), JUDGEMENT_NEEDED);

        chain.known.add(CREATOR);
        chain.ok(ANYBODY, payHeld());
        assertEquals(9_090, earned());
        chain.noop(ANYBODY, payHeld(), NOTHING_HELD);
        chain.settle(words.entry(session, 200));
        assertEquals(18_000, earned(), "nothing waits any more");
        assertPot(session);
    }

    @Test
    void claimsClosesAndRefundsGoOnWhilePayoutsWait() {
        limit(0);
        long session = watched(100);
        chain.ok(ANYBODY, new TickStreamCall.Claim(words.entry(session, 10)));
        assertEquals(10, chain.sessionNow(session).settledTicks());
        long viewer = chain.free(VIEWER);
        chain.ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 20)));
        assertEquals(viewer + DEPOSIT - 2_000, chain.free(VIEWER));
        assertEquals(0, earned());
        assertEquals(1_800, held());
        assertPot(session);

        long other = chain.open(VIEWER, chain.createStream(), DEPOSIT, words);
        chain.watch(10);
        Entry closing = words.closing(other, 5);
        chain.settle(closing);
        assertEquals(new SessionStatus.Closing(chain.number() + CHALLENGE), chain.sessionNow(other).status());
        chain.toBlock(chain.number() + CHALLENGE);
        assertEquals(Optional.empty(), chain.session(other));
        assertEquals(viewer + DEPOSIT - 2_500, chain.free(VIEWER));
        assertEquals(2_250, held());
    }

    @Test
    void whatWaitsIsPaidYearByYearUpToTheLimit() {
        limit(1_000);
        long session = watched(30);
        chain.settle(words.entry(session, 30));
        assertEquals(2_700, held());
        chain.ok(ANYBODY, payHeld());
        assertEquals(1_000, earned());
        chain.noop(ANYBODY, payHeld(), JUDGEMENT_NEEDED);
        chain.nextBlock(YEAR);
        chain.ok(ANYBODY, payHeld());
        assertEquals(2_000, earned());
        assertEquals(700, held());
        chain.ok(Origin.ROOT, new StreamRules.Call.SetYearlyPayout(Optional.empty()));
        chain.ok(ANYBODY, payHeld());
        assertEquals(2_700, earned());
        assertEquals(0, held());
        assertEquals(EXISTENTIAL_DEPOSIT + chain.sessionNow(session).escrow().saturatedToU64(), chain.free(POT));
    }

    @Test
    void whatARegistrarNeverVouchesForStillWaitsForItsOwnerOnly() {
        limit(0);
        long session = watched(30);
        chain.settle(words.entry(session, 30));
        chain.noop(ANYBODY, payHeld(), JUDGEMENT_NEEDED);
        chain.noop(ANYBODY, new StreamRules.Call.PayHeld(OTHER), NOTHING_HELD);
        chain.noop(OTHER, new TickStreamCall.PayAccrued(CREATOR), TickStreamError.NOTHING_ACCRUED);
    }

    @Test
    void governanceChangesHowEntriesLeadAndHowLongWindowsLast() {
        long before = watched(2);
        chain.ok(Origin.ROOT, new StreamRules.Call.SetLimits(5, 10, 50));
        assertEquals(new Settings.Limits(1_000, TickChain.STEP_MAX, 5, 10, 50),
                chain.ticks.settings(chain.ext).limits());
        chain.skips(words.entry(before, 8), SkipReason.AHEAD_OF_TIME);
        chain.settle(words.entry(before, 7));
        chain.ok(VIEWER, new TickStreamCall.RequestClose(before));
        assertEquals(new SessionStatus.Closing(chain.number() + 10), chain.sessionNow(before).status());
        long after = chain.open(VIEWER, chain.createStream(), DEPOSIT, words);
        assertEquals(new SessionStatus.Open(chain.number() + 50), chain.sessionNow(after).status());
    }

    @Test
    void onlyGovernanceChangesRulesAndOnlyWithinBounds() {
        chain.noop(ANYBODY, new StreamRules.Call.SetLimits(5, 10, 50), BAD_ORIGIN);
        chain.noop(ANYBODY, new StreamRules.Call.SetYearlyPayout(Optional.empty()), BAD_ORIGIN);
        chain.noop(Origin.ROOT, new StreamRules.Call.SetLimits(301, 10, 50), BAD_LIMITS);
        chain.noop(Origin.ROOT, new StreamRules.Call.SetLimits(5, 4, 50), BAD_LIMITS);
        chain.noop(Origin.ROOT, new StreamRules.Call.SetLimits(5, 43_201, 50_000), BAD_LIMITS);
        chain.noop(Origin.ROOT, new StreamRules.Call.SetLimits(5, 10, 9), BAD_LIMITS);
        chain.noop(Origin.ROOT, new StreamRules.Call.SetLimits(5, 10, 365L * 43_200 + 1), BAD_LIMITS);
    }
}
