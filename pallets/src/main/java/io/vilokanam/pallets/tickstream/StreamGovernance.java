package io.vilokanam.pallets.tickstream;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.U128;

/** What a chain decides about its streams while it runs. {@link StreamRules} decides it by governance. */
public interface StreamGovernance {

    /** The rules by which entries settle and sessions end. */
    Settings.Limits limits(Externalities ext);

    /**
     * Asks how much of a payout may be paid now. The rest stays in the pot and is noted here: never does it fail the settlement
     * that it belongs to.
     */
    U128 admit(Externalities ext, AccountId payee, U128 amount);

    /** All that waits because of it, in the pot. */
    U128 held(Externalities ext);

    /** What asking costs: for the limits and the rule once, for each payout. */
    Weight weight(long payouts);

    /** Nothing is decided: limits stay, all is paid. */
    static StreamGovernance fixed(Settings.Limits limits) {
        return new StreamGovernance() {

            @Override
            public Settings.Limits limits(Externalities ext) {
                return limits;
            }

            @Override
            public U128 admit(Externalities ext, AccountId payee, U128 amount) {
                return amount;
            }

            @Override
            public U128 held(Externalities ext) {
                return U128.ZERO;
            }

            @Override
            public Weight weight(long payouts) {
                return Weight.ZERO;
            }
        };
    }
}
