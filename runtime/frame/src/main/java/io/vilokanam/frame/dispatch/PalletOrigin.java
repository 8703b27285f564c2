package io.vilokanam.frame.dispatch;

/** Marks the type of the origins that a pallet gives its calls beside System's ({@code #[pallet::origin]}). */
public interface PalletOrigin {}
