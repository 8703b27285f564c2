package io.vilokanam.consensus.grandpa.voter;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** What we voted for in a round, under which key. A vote that was cast is cast for ever: a restart repeats it. */
public record CastVotes(PublicKey id, Optional<BlockRef> proposal, Optional<BlockRef> prevote,
        Optional<BlockRef> precommit) {

    public static final Codec<CastVotes> CODEC = struct(CastVotes::new, field(PublicKey.GRANDPA, CastVotes::id),
            field(Codecs.option(BlockRef.CODEC), CastVotes::proposal),
            field(Codecs.option(BlockRef.CODEC), CastVotes::prevote),
            field(Codecs.option(BlockRef.CODEC), CastVotes::precommit)).tuple();

    static CastVotes none(PublicKey id) {
        return new CastVotes(id, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Optional<BlockRef> in(Stage stage) {
        return switch (stage) {
            case PREVOTE -> prevote;
            case PRECOMMIT -> precommit;
            case PRIMARY_PROPOSE -> proposal;
        };
    }

    CastVotes with(Stage stage, BlockRef target) {
        return switch (stage) {
            case PREVOTE -> new CastVotes(id, proposal, Optional.of(target), precommit);
            case PRECOMMIT -> new CastVotes(id, proposal, prevote, Optional.of(target));
            case PRIMARY_PROPOSE -> new CastVotes(id, Optional.of(target), prevote, precommit);
        };
    }
}
