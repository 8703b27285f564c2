package io.vilokanam.runtime.composition;

/** Referenda and the treasury: 22 Referenda, 23 ConvictionVoting, 24 Treasury. */
public record Governance() {

    static Governance build(Foundation foundation, TeamAccounts teamAccounts) {
        return new Governance();
    }
}
