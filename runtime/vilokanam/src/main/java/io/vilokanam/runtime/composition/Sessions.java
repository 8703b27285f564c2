package io.vilokanam.runtime.composition;

/**
 * Who makes blocks, session by session: 8 Authorship, 9 Offences, 10 Historical, 11 ValidatorMembership, 12 Session; and 19
 * TechnicalMembership, which is of the same kind as 11.
 */
public record Sessions() {

    /** So many authority sets GRANDPA remembers with their session: reports of older misbehaviour are not taken. */
    static final long SET_ID_SESSION_ENTRIES_MAX = 168;

    static Sessions build(Foundation foundation, Councils councils) {
        return new Sessions();
    }
}
