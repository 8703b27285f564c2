package io.vilokanam.consensus.grandpa.voter;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.round.Round;
import io.vilokanam.consensus.grandpa.round.RoundState;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A round that is over, with all that is needed to start the next one, or to help others to. */
public record CompletedRound(long number, RoundState state, BlockRef base, List<SignedVote> votes) {

    public static final Codec<CompletedRound> CODEC = struct(CompletedRound::new,
            field(Codecs.U64, CompletedRound::number), field(RoundState.CODEC, CompletedRound::state),
            field(BlockRef.CODEC, CompletedRound::base), field(Codecs.vec(SignedVote.CODEC), CompletedRound::votes))
            .tuple();

    public CompletedRound {
        votes = List.copyOf(votes);
    }

    /** Round 0 of a set: complete before it starts, with everything settled at the set's first block. */
    static CompletedRound genesis(BlockRef base) {
        return new CompletedRound(0, RoundState.genesis(base), base, List.of());
    }

    static CompletedRound of(Round round) {
        return new CompletedRound(round.number(), round.state(), round.base(), round.seen());
    }

    CatchUp catchUp() {
        return new CatchUp(number, votes(Stage.PREVOTE), votes(Stage.PRECOMMIT), base);
    }

    private List<SignedTarget> votes(Stage stage) {
        return votes.stream().filter(vote -> vote.vote().stage() == stage).map(SignedVote::signedTarget).toList();
    }
}
