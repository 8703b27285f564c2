package io.vilokanam.consensus.grandpa.round;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * What the votes of a round amount to ({@code finality_grandpa::round::State}).
 *
 * @param prevoteGhost the highest block with a supermajority of prevotes
 * @param finalized the highest block with supermajorities of both stages
 * @param estimate the highest block that might still be finalised in this round
 * @param completable whether no block above the estimate can be finalised in this round any more
 */
public record RoundState(Optional<BlockRef> prevoteGhost, Optional<BlockRef> finalized, Optional<BlockRef> estimate,
        boolean completable) {

    public static final Codec<RoundState> CODEC = struct(RoundState::new,
            field(Codecs.option(BlockRef.CODEC), RoundState::prevoteGhost),
            field(Codecs.option(BlockRef.CODEC), RoundState::finalized),
            field(Codecs.option(BlockRef.CODEC), RoundState::estimate), field(Codecs.BOOL, RoundState::completable))
            .tuple();

    /** The state before any vote. */
    static final RoundState EMPTY = new RoundState(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Round zero of a set: everything is settled at its first block. */
    public static RoundState genesis(BlockRef base) {
        return new RoundState(Optional.of(base), Optional.of(base), Optional.of(base), true);
    }
}
