package io.vilokanam.pallets.convictionvoting;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** How sure a voter is: the votes weigh more, and the funds stay locked longer if the side wins. */
public enum Conviction {
    /** A tenth of the votes, nothing locked afterwards. */
    NONE(0), LOCKED_1X(1), LOCKED_2X(2), LOCKED_3X(4), LOCKED_4X(8), LOCKED_5X(16), LOCKED_6X(32);

    private static final U128 TEN = U128.of(10);

    /** One byte. */
    public static final Codec<Conviction> CODEC = Variants.ofEnum("pallet_conviction_voting::conviction::Conviction",
            values(), "None", "Locked1x", "Locked2x", "Locked3x", "Locked4x", "Locked5x", "Locked6x");

    private final long lockPeriods;

    Conviction(long lockPeriods) {
        this.lockPeriods = lockPeriods;
    }

    static Conviction of(int index) throws ScaleException {
        if (index >= values().length) {
            throw new ScaleException("a conviction goes from 0 to " + (values().length - 1) + ", got " + index);
        }
        return values()[index];
    }

    /** For how many locking periods the funds of a winner stay locked. */
    public long lockPeriods() {
        return lockPeriods;
    }

    /** The votes that so much capital has. */
    public Delegations votes(U128 capital) {
        U128 votes = this == NONE ? capital.dividedBy(TEN) : capital.saturatingTimes(U128.of(ordinal()));
        return new Delegations(votes, capital);
    }
}
