package io.vilokanam.frame.fungible;

/** Where deposited funds come from ({@code frame_support::traits::tokens::Provenance}). */
public enum Provenance {
    /** They are created, and add to the total issuance. */
    MINTED,
    /** They exist already. */
    EXTANT
}
