package io.vilokanam.frame.dispatch;

import io.vilokanam.frame.pallet.PalletSlot;

/** A call of any pallet of a runtime: the pallet's place and the pallet's own call. */
public record RuntimeCall(PalletSlot pallet, Object call) {}
