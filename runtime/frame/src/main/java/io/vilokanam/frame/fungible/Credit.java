package io.vilokanam.frame.fungible;

import io.vilokanam.scale.U128;

/**
 * Tokens that were taken from an account and are still part of the total issuance ({@code fungible::Credit}). Whoever holds
 * a credit must deposit it somewhere, offset it, or hand it to {@link Fungible#drop(io.vilokanam.api.Externalities, Credit)},
 * once: Rust burns it when it goes out of scope, here that is said.
 */
public record Credit(U128 amount) {

    public static final Credit ZERO = new Credit(U128.ZERO);

    /**
     * What is left once a debt of the same currency is settled from it.
     *
     * @throws ArithmeticException if the debt is larger
     */
    public Credit offset(Debt debt) {
        return new Credit(amount.minus(debt.amount()));
    }

    /** At most {@code first} of it, and the rest. */
    public Split split(U128 first) {
        U128 taken = amount.min(first);
        return new Split(new Credit(taken), new Credit(amount.minus(taken)));
    }

    /** A credit in two parts. */
    public record Split(Credit first, Credit rest) {}
}
