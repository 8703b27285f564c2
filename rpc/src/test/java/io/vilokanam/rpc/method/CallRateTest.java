package io.vilokanam.rpc.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class CallRateTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = 7;

    @Test
    void letsAMinutesCallsGoAtOnceAndOneMoreEachInterval() {
        var rate = new CallRate(6, () -> now, nanos -> now += nanos);
        for (int i = 0; i < 6; i++) {
            assertEquals(CallRate.Turn.AT_ONCE, rate.take());
        }
        assertEquals(7, now);
        assertEquals(CallRate.Turn.DELAYED, rate.take());
        assertTrue(now - 7 >= 10 * SECOND && now - 7 < 11 * SECOND, Long.toString(now));
        now += 20 * SECOND;
        assertEquals(CallRate.Turn.AT_ONCE, rate.take());
        assertEquals(CallRate.Turn.AT_ONCE, rate.take());
        assertEquals(CallRate.Turn.DELAYED, rate.take());
    }

    @Test
    void refusesACallWhoseTurnOthersTookTenTimes() {
        int[] waits = {0};
        var rate = new CallRate(1, () -> now, nanos -> waits[0]++);
        assertEquals(CallRate.Turn.AT_ONCE, rate.take());
        assertEquals(CallRate.Turn.REFUSED, rate.take());
        assertEquals(10, waits[0]);
    }

    @Test
    void refusesACallThatIsInterruptedWhileItWaits() {
        var rate = new CallRate(1, () -> now, nanos -> {
            throw new InterruptedException();
        });
        rate.take();
        assertEquals(CallRate.Turn.REFUSED, rate.take());
        assertTrue(Thread.interrupted());
    }
}
