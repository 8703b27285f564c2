package io.vilokanam.runtime.composition;

/** Elected and appointed bodies: 17 Council, 18 TechnicalCommittee, 21 Elections. */
public record Councils() {

    static Councils build(Foundation foundation, Governance governance) {
        return new Councils();
    }
}
