package io.vilokanam.offchain.settler;

import io.vilokanam.primitives.PublicKey;

/**
 * When it is a settler's turn to settle a session. Where there are several, each waits for a while of its own that follows from its
 * key and the session: who waits less settles, the others see it on chain before their turn has come, and where one is gone the next
 * does its work a little later. Nobody has to know how many there are.
 */
record Turn(long salt, boolean isAlone) {

    /** A settler that need not mind others. */
    static final Turn ALONE = new Turn(0, true);

    /** Intervals shorter than this are not worth sharing. */
    private static final long SHARED_FROM_BLOCKS = 16;

    /** A session that closes waits for one to so many steps of this length: the last one leaves most of the window. */
    private static final long CLOSING_STEP_BLOCKS = 3;
    private static final long CLOSING_STEPS = 4;

    /** That of the node which has this key; where intervals are short there are no turns. */
    static Turn of(PublicKey key, long interval) {
        long salt = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            salt = salt << Byte.SIZE | key.bytes().at(i) & 0xff;
        }
        return new Turn(salt, interval < SHARED_FROM_BLOCKS);
    }

    /** After how many blocks a session is due again: half the interval, and a part of the other half. */
    long interval(long session, long interval) {
        if (isAlone) {
            return interval;
        }
        long half = interval / 2;
        return half + Long.remainderUnsigned(mixed(session), interval - half + 1);
    }

    /** How many blocks a session has to be closing before it is settled. */
    long closingDelay(long session) {
        return isAlone ? 0 : Long.remainderUnsigned(mixed(session), CLOSING_STEPS) * CLOSING_STEP_BLOCKS;
    }

    private long mixed(long session) {
        long mixed = (session ^ salt) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8_feb8_6659_fd93L;
        return mixed ^ mixed >>> 32;
    }
}
