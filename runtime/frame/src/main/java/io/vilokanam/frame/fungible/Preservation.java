package io.vilokanam.frame.fungible;

/** Whether an operation must keep an account alive ({@code frame_support::traits::tokens::Preservation}). */
public enum Preservation {
    /** The account may die. */
    EXPENDABLE,
    /** The account may not die, but its balance may be dusted where another provider keeps it alive. */
    PROTECT,
    /** The account may not die and this currency stays its provider. */
    PRESERVE
}
