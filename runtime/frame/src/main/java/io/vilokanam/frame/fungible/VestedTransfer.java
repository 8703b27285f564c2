package io.vilokanam.frame.fungible;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/** Pays what vests at the receiver ({@code frame_support::traits::VestedTransfer}). Amounts are plancks. */
@FunctionalInterface
public interface VestedTransfer {

    /** Moves {@code locked} and puts a schedule on it; all or nothing. */
    void vestedTransfer(Externalities ext, AccountId source, AccountId target, U128 locked, U128 perBlock,
            long startingBlock) throws DispatchException;
}
