package io.vilokanam.frame.fungible;

/**
 * Why tokens are held or frozen: the index of the pallet that does, and which of the pallet's reasons it is
 * ({@code RuntimeHoldReason}, {@code RuntimeFreezeReason}). Which reasons there are is decided where pallets are composed.
 */
public record HoldReason(int pallet, int reason) {}
