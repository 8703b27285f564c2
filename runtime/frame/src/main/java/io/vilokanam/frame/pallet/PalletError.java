package io.vilokanam.frame.pallet;

/** Marks the enum of a pallet's errors; its {@link Errors} table says how they stand on the wire. */
public interface PalletError {}
