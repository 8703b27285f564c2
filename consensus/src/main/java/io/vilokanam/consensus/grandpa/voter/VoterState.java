package io.vilokanam.consensus.grandpa.voter;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/**
 * What a voter keeps on disk: the last completed rounds and the votes cast in the present one.
 *
 * @param completed newest first; never empty, at most {@link #COMPLETED_MAX}
 * @param cast our votes in the round behind the newest completed one
 */
public record VoterState(long setId, List<CompletedRound> completed, Optional<CastVotes> cast) {

    /** How many completed rounds are kept. */
    public static final int COMPLETED_MAX = 2;

    private static final int VERSION = 1;

    /** The stored form: a version byte in front, so that later forms can be told apart. */
    public static final Codec<VoterState> CODEC = struct(VoterState::stored,
            field(version(), (VoterState _) -> VERSION), field(Codecs.U64, VoterState::setId),
            field(Codecs.mapped(Codecs.vec(CompletedRound.CODEC), Codecs.vec(CompletedRound.CODEC).type(),
                    VoterState::notEmpty, rounds -> rounds), VoterState::completed),
            field(Codecs.option(CastVotes.CODEC), VoterState::cast)).tuple();

    public VoterState {
        completed = List.copyOf(completed);
    }

    private static Codec<Integer> version() {
        return Codecs.mapped(Codecs.U8, Codecs.U8.type(), VoterState::known, version -> version);
    }

    private static int known(int version) throws ScaleException {
        if (version != VERSION) {
            throw new ScaleException("expected version " + VERSION + " of a voter's state, got " + version);
        }
        return version;
    }

    private static VoterState stored(int version, long setId, List<CompletedRound> completed,
            Optional<CastVotes> cast) {
        return new VoterState(setId, completed, cast);
    }

    private static List<CompletedRound> notEmpty(List<CompletedRound> rounds) throws ScaleException {
        if (rounds.isEmpty()) {
            throw new ScaleException("a voter has completed at least round 0");
        }
        return rounds;
    }

    /** The state of a set's voter before its first round; {@code base} is the block behind which the set rules. */
    public static VoterState first(long setId, BlockRef base) {
        return new VoterState(setId, List.of(CompletedRound.genesis(base)), Optional.empty());
    }

    public CompletedRound last() {
        return completed.getFirst();
    }

    VoterState with(CastVotes votes) {
        return new VoterState(setId, completed, Optional.of(votes));
    }

    /** A round was completed: the next one begins, without votes of ours. */
    VoterState completing(CompletedRound round) {
        return new VoterState(setId, merged(round), Optional.empty());
    }

    /** A completed round has seen more votes. */
    VoterState concluding(CompletedRound round) {
        boolean isKept = completed.stream().anyMatch(other -> other.number() == round.number());
        return isKept ? new VoterState(setId, merged(round), cast) : this;
    }

    private List<CompletedRound> merged(CompletedRound round) {
        List<CompletedRound> rounds = new ArrayList<>(completed);
        rounds.removeIf(other -> other.number() == round.number());
        rounds.add(round);
        rounds.sort(Comparator.comparingLong(CompletedRound::number).reversed());
        return rounds.subList(0, Math.min(rounds.size(), COMPLETED_MAX));
    }
}
