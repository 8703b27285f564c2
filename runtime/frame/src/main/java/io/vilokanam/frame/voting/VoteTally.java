package io.vilokanam.frame.voting;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.U128;

/**
 * How votes of a poll are counted ({@code frame_support::traits::VoteTally}). {@code T} is the count itself, a value; polls of
 * one {@code pollClass} are counted alike.
 */
public interface VoteTally<T> {

    /** How a count stands in storage. */
    Codec<T> codec();

    /** Nobody has voted. */
    T fresh(int pollClass);

    /** The votes in favour. */
    U128 ayes(T tally, int pollClass);

    /** How much of what could vote is in favour, however sure of it. */
    Perbill support(Externalities ext, T tally, int pollClass);

    /** How much of what has voted is in favour. */
    Perbill approval(T tally, int pollClass);
}
