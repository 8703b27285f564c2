package io.vilokanam.consensus.grandpa.voter;

import java.util.List;

import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.round.Phase;
import io.vilokanam.consensus.grandpa.round.Round;
import io.vilokanam.primitives.PublicKey;

/** What {@code grandpa_roundState} shows of a voter. */
public record VoterReport(long setId, RoundReport best, List<RoundReport> background) {

    /** One round; weights are unsigned. */
    public record RoundReport(long round, long totalWeight, long thresholdWeight, VotesReport prevotes,
            VotesReport precommits) {

        static RoundReport of(Round round) {
            return new RoundReport(round.number(), round.voters().totalWeight(), round.voters().threshold(),
                    VotesReport.of(round, Phase.PREVOTE), VotesReport.of(round, Phase.PRECOMMIT));
        }
    }

    /** The weight that voted, and who has not, in the order of keys. */
    public record VotesReport(long currentWeight, List<PublicKey> missing) {

        static VotesReport of(Round round, Phase phase) {
            List<PublicKey> voted = round.voted(phase);
            return new VotesReport(round.weight(phase), round.voters().voters().stream().map(VoterSet.Voter::id)
                    .filter(id -> !voted.contains(id)).toList());
        }
    }
}
