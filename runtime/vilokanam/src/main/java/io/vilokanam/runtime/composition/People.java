package io.vilokanam.runtime.composition;

/** What is known and owed to single accounts: 25 Vesting, 26 Identity. */
public record People() {

    static People build(Foundation foundation, Governance governance) {
        return new People();
    }
}
