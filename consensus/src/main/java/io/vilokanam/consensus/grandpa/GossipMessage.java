package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.Variants;

/** A notification of the protocol {@code grandpa/1} ({@code sc_consensus_grandpa::communication::gossip}). */
public sealed interface GossipMessage {

    long round();

    long setId();

    /** One voter's message in a round. */
    record VoteMessage(long round, long setId, SignedVote vote) implements GossipMessage {}

    /** Enough precommits of one round to finalise a block. */
    record CommitMessage(long round, long setId, Commit commit) implements GossipMessage {}

    /** Where the sender stands: {@code finalizedHeight} is the highest block it has seen a commit for (u32). */
    record Neighbor(long round, long setId, long finalizedHeight) implements GossipMessage {

        /** The version byte of the only neighbor packet there is. */
        static final int VERSION = 1;

        private static Neighbor versioned(int version, long round, long setId, long finalizedHeight) {
            return new Neighbor(round, setId, finalizedHeight);
        }

        private static Codec<Integer> version() {
            return Codecs.mapped(Codecs.U8, Codecs.U8.type(), Neighbor::expected, version -> version);
        }

        private static int expected(int version) throws ScaleException {
            if (version != VERSION) {
                throw new ScaleException("expected version " + VERSION + " of the neighbor packet, got " + version);
            }
            return version;
        }
    }

    /** Asks for the votes of a round of the same set. */
    record CatchUpRequest(long round, long setId) implements GossipMessage {}

    /** The answer: possibly a later round than asked for. On the wire the set id stands in front of the round. */
    record CatchUpMessage(long setId, CatchUp catchUp) implements GossipMessage {
        @Override
        public long round() {
            return catchUp.round();
        }
    }

    Codec<GossipMessage> CODEC = Variants.of(GossipMessage.class)
            .with(0, "Vote", VoteMessage.class,
                    struct(VoteMessage::new, field(Codecs.U64, VoteMessage::round),
                            field(Codecs.U64, VoteMessage::setId), field(SignedVote.CODEC, VoteMessage::vote)))
            .with(1, "Commit", CommitMessage.class,
                    struct(CommitMessage::new, field(Codecs.U64, CommitMessage::round),
                            field(Codecs.U64, CommitMessage::setId), field(Commit.COMPACT, CommitMessage::commit)))
            .with(2, "Neighbor", Neighbor.class,
                    struct(Neighbor::versioned, field(Neighbor.version(), _ -> Neighbor.VERSION),
                            field(Codecs.U64, Neighbor::round), field(Codecs.U64, Neighbor::setId),
                            field(Codecs.U32, Neighbor::finalizedHeight)))
            .with(3, "CatchUpRequest", CatchUpRequest.class,
                    struct(CatchUpRequest::new, field(Codecs.U64, CatchUpRequest::round),
                            field(Codecs.U64, CatchUpRequest::setId)))
            .with(4, "CatchUp", CatchUpMessage.class,
                    struct(CatchUpMessage::new, field(Codecs.U64, CatchUpMessage::setId),
                            field(CatchUp.CODEC, CatchUpMessage::catchUp)))
            .complete().named("sc_consensus_grandpa::communication::gossip::GossipMessage");
}
