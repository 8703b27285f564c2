package io.vilokanam.consensus.grandpa.round;

import io.vilokanam.consensus.grandpa.Equivocation;

/** What became of a vote that a round was given. */
public sealed interface VoteImport {

    /** The voter's first vote in this phase: it counts. */
    record Counted() implements VoteImport {}

    /** The same vote with the same signature was here before. */
    record Duplicate() implements VoteImport {}

    /** The voter's second, different vote: from now on it counts for every block. */
    record Equivocated(Equivocation equivocation) implements VoteImport {}

    /** A third vote of an equivocator: nothing new. */
    record Redundant() implements VoteImport {}

    /** The signer is not in the set. */
    record Stranger() implements VoteImport {}

    /** The target does not descend from the round's base. */
    record NotDescendant() implements VoteImport {}

    /** Whether the vote was kept. */
    default boolean isNew() {
        return this instanceof Counted || this instanceof Equivocated;
    }
}
