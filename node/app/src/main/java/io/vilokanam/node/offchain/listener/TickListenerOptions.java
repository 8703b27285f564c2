package io.vilokanam.node.offchain.listener;

import java.time.Duration;

/**
 * What the tick listener lets happen.
 *
 * @param connectionsMax sockets beyond are closed as they come
 * @param connectionRate words a second that a connection may send
 * @param connectionBurst words that it may send at once
 * @param futileCost how many words an answer {@code unknown} or {@code mismatch} counts as, beyond the one
 * @param sessionRate new words a second that are taken of a session
 * @param sessionBurst new words of a session that are taken at once
 * @param limitedMax so many answers {@code limited} in a row end a connection
 * @param handshake how long the WebSocket's opening may take
 * @param silence after so long without a message a connection is pinged, after twice as long it is closed
 * @param stall for how long a client may leave its answers unread
 */
public record TickListenerOptions(int connectionsMax, long connectionRate, long connectionBurst, long futileCost,
        long sessionRate, long sessionBurst, int limitedMax, Duration handshake, Duration silence, Duration stall) {

    public static final int CONNECTIONS_STANDARD = 10_000;

    /** For strangers: viewers with one session, and relays with a few thousand. */
    public static final TickListenerOptions STANDARD = new TickListenerOptions(CONNECTIONS_STANDARD, 5_000, 10_000, 64,
            4, 64,
            10_000, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));

    public TickListenerOptions withConnectionsMax(int count) {
        return new TickListenerOptions(count, connectionRate, connectionBurst, futileCost, sessionRate, sessionBurst,
                limitedMax,
                handshake, silence, stall);
    }

    /** Words a second and at once, of a connection. */
    public TickListenerOptions withConnectionRate(long rate, long burst) {
        return new TickListenerOptions(connectionsMax, rate, burst, futileCost, sessionRate, sessionBurst, limitedMax,
                handshake,
                silence, stall);
    }

    TickListenerOptions withSessionRate(long rate, long burst) {
        return new TickListenerOptions(connectionsMax, connectionRate, connectionBurst, futileCost, rate, burst,
                limitedMax,
                handshake, silence, stall);
    }

    TickListenerOptions withLimitedMax(int count) {
        return new TickListenerOptions(connectionsMax, connectionRate, connectionBurst, futileCost, sessionRate,
                sessionBurst,
                count, handshake, silence, stall);
    }

    TickListenerOptions withPatience(Duration forHandshake, Duration forSilence, Duration forStall) {
        return new TickListenerOptions(connectionsMax, connectionRate, connectionBurst, futileCost, sessionRate,
                sessionBurst,
                limitedMax, forHandshake, forSilence, forStall);
    }
}
