package io.vilokanam.node.cli.tick;

import java.time.Duration;

/** The clock of the commands, and waiting: the one place where time passes. */
interface Pace {

    /** How long to wait before the chain is looked at again. */
    Duration POLL = Duration.ofMillis(250);

    /** After so many looks without news, a minute, something is wrong. */
    int POLLS_MAX = 240;

    long millis();

    void pause(Duration duration) throws TickFailure;

    /** The machine's own time. */
    static Pace system() {
        return new Pace() {
            @Override
            public long millis() {
                return System.currentTimeMillis();
            }

            @Override
            public void pause(Duration duration) throws TickFailure {
                try {
                    Thread.sleep(duration);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new TickFailure("interrupted");
                }
            }
        };
    }
}
