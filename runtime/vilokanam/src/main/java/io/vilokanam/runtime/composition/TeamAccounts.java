package io.vilokanam.runtime.composition;

/** Accounts that several hold, and calls that wait: 13 Multisig, 14 Proxy, 15 Preimage, 16 Scheduler. */
public record TeamAccounts() {

    static TeamAccounts build(Foundation foundation) {
        return new TeamAccounts();
    }
}
