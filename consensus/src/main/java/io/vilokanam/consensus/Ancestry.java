package io.vilokanam.consensus;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;

/** Knows which blocks stand between two blocks of one chain. */
@FunctionalInterface
public interface Ancestry {

    /**
     * The blocks strictly between {@code base} and {@code block}, from {@code block}'s parent downwards; an empty list
     * where the two are equal or parent and child. Empty where {@code block} is unknown or does not descend from
     * {@code base}.
     */
    Optional<List<Hash>> ancestry(Hash base, Hash block);

    default boolean isEqualOrDescendant(Hash base, Hash block) {
        return base.equals(block) || ancestry(base, block).isPresent();
    }
}
