package io.vilokanam.frame.fungible;

import io.vilokanam.scale.U128;

/**
 * Tokens that were put into an account and are not yet part of the total issuance ({@code fungible::Debt}). Whoever holds a
 * debt must offset it with a {@link Credit}, or hand it to {@link Fungible#drop(io.vilokanam.api.Externalities, Debt)}, once.
 */
public record Debt(U128 amount) {

    public static final Debt ZERO = new Debt(U128.ZERO);
}
