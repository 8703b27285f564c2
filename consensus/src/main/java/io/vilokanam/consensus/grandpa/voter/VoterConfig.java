package io.vilokanam.consensus.grandpa.voter;

import java.util.Optional;

import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.primitives.PublicKey;

/**
 * What one set's voter is made of.
 *
 * @param localId the key we vote with; empty for an observer, and without effect where it is not in the set
 * @param gossipMillis T, the time a message needs to reach everybody: prevotes wait for 2 T, precommits for 4 T
 * @param rule how far to prevote
 */
public record VoterConfig(long setId, VoterSet voters, Optional<PublicKey> localId, long gossipMillis,
        VotingRule rule) {

    /** T of the chain's stock nodes. */
    public static final long GOSSIP_MILLIS = 333;

    /**
     * T of a development chain, which has nobody to wait for: a block waits for at most 6 T, well within a slot of two
     * seconds, and rounds do not write to disk more often than need be.
     */
    public static final long DEV_GOSSIP_MILLIS = 200;

    public VoterConfig {
        if (gossipMillis < 1) {
            throw new IllegalArgumentException("gossip takes at least 1 ms, got " + gossipMillis);
        }
        localId = localId.filter(voters::contains);
    }
}
