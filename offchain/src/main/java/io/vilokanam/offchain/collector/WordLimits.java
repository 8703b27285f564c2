package io.vilokanam.offchain.collector;

/**
 * How many words of one session are taken: a token bucket a session, kept in the session's row as the time at which it will be
 * full again (the generic cell rate algorithm). Only words that were taken count: nobody else can use up a viewer's share. Times
 * are milliseconds of a clock that never goes back, and may wrap. One thread at a time.
 */
public final class WordLimits {

    /** Words that are counted elsewhere or nowhere. */
    static final WordLimits NONE = new WordLimits(0, 0, false);

    private static final int SECOND = 1_000;

    private final int interval;
    private final int depth;
    private final boolean isForeign;
    private int now;

    private WordLimits(int interval, int depth, boolean isForeign) {
        this.interval = interval;
        this.depth = depth;
        this.isForeign = isForeign;
    }

    /** So many words a second, and so many at once. */
    public static WordLimits of(long rate, long burst) {
        int interval = (int) Math.max(1, SECOND / rate);
        return new WordLimits(interval, (int) Math.min(Integer.MAX_VALUE / 4, interval * burst), false);
    }

    /** For words that other nodes have taken and pass on: they were counted there. */
    public static WordLimits foreign() {
        return new WordLimits(0, 0, true);
    }

    public void now(long millis) {
        now = (int) millis;
    }

    boolean isForeign() {
        return isForeign;
    }

    boolean allows(int fullAt) {
        return wait(fullAt) + interval <= depth;
    }

    int charged(int fullAt) {
        return interval == 0 ? fullAt : now + wait(fullAt) + interval;
    }

    /** How long until it is full; a time that cannot be of this bucket is one of an earlier process. */
    private int wait(int fullAt) {
        int wait = fullAt - now;
        return wait < 0 || wait > depth ? 0 : wait;
    }
}
