package io.vilokanam.consensus.grandpa.gossip;

/** A change of a peer's reputation, with the values and reasons of {@code sc_consensus_grandpa::communication}. */
public record Reputation(int change, String reason) {

    static final Reputation NEIGHBOR = new Reputation(100, "Grandpa: Neighbor message");
    static final Reputation ROUND_MESSAGE = new Reputation(100, "Grandpa: Round message");
    static final Reputation COMMIT = new Reputation(100, "Grandpa: Commit");
    static final Reputation CATCH_UP = new Reputation(200, "Grandpa: Catch-up message");

    static final Reputation PAST_MESSAGE = new Reputation(-50, "Grandpa: Past message");
    static final Reputation FUTURE_MESSAGE = new Reputation(-500, "Grandpa: Future message");
    static final Reputation OUT_OF_SCOPE = new Reputation(-500, "Grandpa: Out-of-scope message");
    static final Reputation UNKNOWN_VOTER = new Reputation(-150, "Grandpa: Unknown voter");
    static final Reputation BAD_SIGNATURE = new Reputation(-100, "Grandpa: Bad signature");
    static final Reputation MALFORMED_COMMIT = new Reputation(-1000, "Grandpa: Malformed commit");
    static final Reputation MALFORMED_CATCH_UP = new Reputation(-1000, "Grandpa: Malformed catch-up");
    static final Reputation INVALID_COMMIT = new Reputation(-5000, "Grandpa: Invalid commit");
    static final Reputation INVALID_CATCH_UP = new Reputation(-5000, "Grandpa: Invalid catch-up");
    static final Reputation INVALID_VIEW_CHANGE = new Reputation(-500, "Grandpa: Invalid view change");
    static final Reputation DUPLICATE_NEIGHBOR = new Reputation(-500,
            "Grandpa: Duplicate neighbor message without grace period");
    static final Reputation CATCH_UP_TIMEOUT = new Reputation(-200, "Grandpa: Catch-up request timeout");
    static final Reputation CATCH_UP_REPLY = new Reputation(-200, "Grandpa: Catch-up reply");
    static final Reputation CATCH_UP_NEAR_CHANGE = new Reputation(-200, "Grandpa: Out-of-scope catch-up");
    static final Reputation DUPLICATE_MESSAGE = new Reputation(-4, "Duplicate gossip");

    private static final int PER_UNDECODABLE_BYTE = -5;
    private static final int PER_SIGNATURE_CHECKED = -25;

    static Reputation undecodable(int bytes) {
        return new Reputation(PER_UNDECODABLE_BYTE * bytes, "Grandpa: Bad packet");
    }

    static Reputation badCommit(int signaturesChecked) {
        return new Reputation(PER_SIGNATURE_CHECKED * signaturesChecked, "Grandpa: Bad commit");
    }

    static Reputation badCatchUp(int signaturesChecked) {
        return new Reputation(PER_SIGNATURE_CHECKED * signaturesChecked, "Grandpa: Bad catch-up message");
    }
}
