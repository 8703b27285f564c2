package io.vilokanam.frame.session;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;

/**
 * A validator's misbehaviour ({@code sp_staking::offence::Offence}).
 *
 * @param kind 16 bytes
 * @param timeSlot when it happened, in the terms of this kind, in SCALE: equal ones are the same offence
 */
public record Offence(Bytes kind, Bytes timeSlot, AccountId offender) {

    public static final int KIND_SIZE = 16;

    public Offence {
        if (kind.size() != KIND_SIZE) {
            throw new IllegalArgumentException("a kind of offence has " + KIND_SIZE + " bytes, got " + kind.size());
        }
    }
}
