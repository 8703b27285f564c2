package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.RATE;
import static io.vilokanam.pallets.tickstream.TickChain.START;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.U128;

/** What an account lets itself spend in a day. */
class SpendingLimitsTest {

    private static final long DAY = 86_400_000;

    private final TickChain chain = new TickChain();
    private final Words words = new Words(1, 200);
    private final long stream = chain.createStream();

    private void limit(long amount) {
        chain.ok(VIEWER, new TickStreamCall.SetSpendingLimit(Optional.of(U128.of(amount))));
    }

    private long left() {
        return chain.ticks.spendingLimit(chain.ext, VIEWER).orElseThrow().left().low();
    }

    private TickStreamCall tip(long amount) {
        return new TickStreamCall.Tip(stream, U128.of(amount));
    }

    @Test
    void allKindsOfSpendingCountTogether() {
        Tier tier = new Tier(U128.of(1_000), 30, new Permill(100_000));
        chain.ok(CREATOR, new TickStreamCall.SetTiers(stream, List.of(tier)));
        Sponsorship.Terms terms = new Sponsorship.Terms(1, U128.of(RATE), U128.ZERO, 1);
        limit(12_000);
        chain.ok(VIEWER, tip(2_000)).ok(VIEWER, TickChain.opening(stream, 3_000, words));
        chain.ok(VIEWER, new TickStreamCall.TopUp(0, U128.of(500)));
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, tier));
        chain.ok(VIEWER, new TickStreamCall.Sponsor(stream, U128.of(2_500), terms));
        assertEquals(3_000, left());
        chain.noop(VIEWER, tip(3_001), TickStreamError.SPENDING_LIMIT);
        chain.noop(VIEWER, new TickStreamCall.TopUp(0, U128.of(3_001)), TickStreamError.SPENDING_LIMIT);
        chain.noop(VIEWER, new TickStreamCall.Sponsor(stream, U128.of(3_001), terms),
                TickStreamError.SPENDING_LIMIT);
        long other = chain.createStream();
        chain.noop(VIEWER, TickChain.opening(other, 3_001, words), TickStreamError.SPENDING_LIMIT);
        chain.ok(VIEWER, tip(3_000));
        assertEquals(0, left());
        assertEquals(List.of(), chain.ticks.tryState(chain.ext));
    }

    @Test
    void theNextDayBeginsAnew() {
        limit(5_000);
        chain.ok(VIEWER, tip(5_000)).noop(VIEWER, tip(2_000), TickStreamError.SPENDING_LIMIT);
        chain.nextBlock(DAY - START % DAY - 1).noop(VIEWER, tip(2_000), TickStreamError.SPENDING_LIMIT);
        chain.nextBlock(1).ok(VIEWER, tip(5_000)).noop(VIEWER, tip(2_000), TickStreamError.SPENDING_LIMIT);
    }

    @Test
    void whatComesBackMakesRoomAgain() {
        limit(5_000);
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.watch(10).ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 10)));
        assertEquals(4_000, left());
        chain.open(VIEWER, stream, 4_000, words);
        assertEquals(0, left());
    }

    @Test
    void whatComesBackOnALaterDayIsNoLicenceToSpendMore() {
        limit(5_000);
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.nextBlock(DAY).ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 0)));
        assertEquals(5_000, left());
    }

    @Test
    void loweringHoldsAtOnceAndRaisingADayLater() {
        limit(9_000);
        limit(5_000);
        chain.noop(VIEWER, tip(5_001), TickStreamError.SPENDING_LIMIT);
        limit(8_000);
        assertEquals(List.of(new TickStreamEvent.SpendingLimitSet(VIEWER, Optional.of(U128.of(8_000)), START + DAY)),
                chain.events(TickStreamEvent.SpendingLimitSet.class).subList(2, 3));
        chain.nextBlock(DAY - 1).noop(VIEWER, tip(5_001), TickStreamError.SPENDING_LIMIT);
        chain.nextBlock(1).ok(VIEWER, tip(5_001));
        assertEquals(2_999, left());
    }

    @Test
    void loweringTakesBackARaise() {
        limit(5_000);
        limit(8_000);
        limit(4_000);
        chain.nextBlock(3 * DAY).noop(VIEWER, tip(4_001), TickStreamError.SPENDING_LIMIT);
    }

    @Test
    void aLimitIsLiftedADayLater() {
        limit(5_000);
        chain.ok(VIEWER, new TickStreamCall.SetSpendingLimit(Optional.empty()));
        chain.noop(VIEWER, tip(5_001), TickStreamError.SPENDING_LIMIT);
        chain.nextBlock(DAY).ok(VIEWER, tip(100_000));
        assertEquals(Optional.empty(), chain.ticks.spendingLimit(chain.ext, VIEWER));
        chain.ok(VIEWER, new TickStreamCall.SetSpendingLimit(Optional.empty()));
        assertEquals(0, chain.entriesOf("SpendingLimits"));
        assertEquals(ENDOWMENT - 100_000, chain.free(VIEWER));
    }
}
