package io.vilokanam.frame.fungible;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * Holds of a currency: tokens that stay in their account but cannot be used until they are released
 * ({@code fungible::hold}). A held account cannot die.
 */
public interface FungibleHold {

    U128 balanceOnHold(Externalities ext, HoldReason reason, AccountId who);

    /** All that is on hold, for whatever reason. */
    U128 totalBalanceOnHold(Externalities ext, AccountId who);

    /** Whether {@code amount} could be held right now. */
    boolean canHold(Externalities ext, HoldReason reason, AccountId who, U128 amount);

    /** Moves free balance on hold; at least the existential deposit stays free. */
    void hold(Externalities ext, HoldReason reason, AccountId who, U128 amount) throws DispatchException;

    /**
     * Moves held balance back to the free one.
     *
     * @return how much
     */
    U128 release(Externalities ext, HoldReason reason, AccountId who, U128 amount, Precision precision)
            throws DispatchException;

    /**
     * Destroys held tokens. Event: Burned.
     *
     * @return how many
     */
    U128 burnHeld(Externalities ext, HoldReason reason, AccountId who, U128 amount, Precision precision,
            Fortitude fortitude) throws DispatchException;

    /**
     * Moves held tokens of one account to the free balance of another.
     *
     * @return how many
     */
    U128 transferOnHold(Externalities ext, HoldReason reason, AccountId source, AccountId destination, U128 amount,
            Precision precision, Fortitude fortitude) throws DispatchException;
}
