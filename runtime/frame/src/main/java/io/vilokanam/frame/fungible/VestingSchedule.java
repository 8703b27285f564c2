package io.vilokanam.frame.fungible;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * Funds of an account that become free block by block ({@code frame_support::traits::VestingSchedule}). Amounts are plancks.
 */
public interface VestingSchedule {

    /** What of the account's free balance vests and cannot be moved; empty where nothing ever vested. */
    Optional<U128> vestingBalance(Externalities ext, AccountId who);

    /** Locks {@code locked} of the account, less {@code perBlock} for each block from {@code startingBlock} on. */
    void addVestingSchedule(Externalities ext, AccountId who, U128 locked, U128 perBlock, long startingBlock)
            throws DispatchException;

    /** Fails where {@link #addVestingSchedule} would: to be asked before funds are moved. */
    void canAddVestingSchedule(Externalities ext, AccountId who, U128 locked, U128 perBlock, long startingBlock)
            throws DispatchException;

    /** Takes away the schedule at an index; what it locked is free. */
    void removeVestingSchedule(Externalities ext, AccountId who, long index) throws DispatchException;
}
