package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Map;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/**
 * Two different votes of one voter in one round and stage.
 *
 * @param stage prevote or precommit
 */
public record Equivocation(Stage stage, long round, PublicKey id, SignedTarget first, SignedTarget second) {

    /** {@code sp_consensus_grandpa::EquivocationProof}: what {@code GrandpaApi} takes as a report. */
    public record Proof(long setId, Equivocation equivocation) {

        public static final Codec<Proof> CODEC = struct(Proof::new, field(Codecs.U64, Proof::setId),
                field(Wire.CODEC, Proof::equivocation)).tuple();

        /** Whether the votes differ in their target and both are the voter's. */
        public boolean isValid(SignatureCheck ed25519) {
            return !equivocation.first.target().equals(equivocation.second.target())
                    && equivocation.first.in(equivocation.stage).isSigned(ed25519, equivocation.round, setId)
                    && equivocation.second.in(equivocation.stage).isSigned(ed25519, equivocation.round, setId);
        }
    }

    /**
     * The wire's variants: the stage is the index, and the voter stands in front of the votes instead of behind each.
     */
    private sealed interface Wire {

        record Prevote(long round, PublicKey id, Map.Entry<BlockRef, Bytes> first, Map.Entry<BlockRef, Bytes> second)
                implements Wire {}

        record Precommit(long round, PublicKey id, Map.Entry<BlockRef, Bytes> first, Map.Entry<BlockRef, Bytes> second)
                implements Wire {}

        Codec<Map.Entry<BlockRef, Bytes>> CAST = Codecs.tuple(BlockRef.CODEC,
                Codecs.fixedBytes(SignedVote.SIGNATURE_SIZE));

        Codec<Wire> VARIANTS = Variants.of(Wire.class)
                .with(0, "Prevote", Prevote.class,
                        struct(Prevote::new, field(Codecs.U64, Prevote::round), field(PublicKey.GRANDPA, Prevote::id),
                                field(CAST, Prevote::first), field(CAST, Prevote::second)))
                .with(1, "Precommit", Precommit.class,
                        struct(Precommit::new, field(Codecs.U64, Precommit::round),
                                field(PublicKey.GRANDPA, Precommit::id), field(CAST, Precommit::first),
                                field(CAST, Precommit::second)))
                .complete().named("sp_consensus_grandpa::Equivocation");

        Codec<Equivocation> CODEC = Codecs.mapped(VARIANTS, VARIANTS.type(), Wire::read, Wire::write);

        private static Equivocation read(Wire wire) {
            return switch (wire) {
                case Prevote(var round, var id, var first, var second) ->
                    new Equivocation(Stage.PREVOTE, round, id, signed(first, id), signed(second, id));
                case Precommit(var round, var id, var first, var second) ->
                    new Equivocation(Stage.PRECOMMIT, round, id, signed(first, id), signed(second, id));
            };
        }

        private static SignedTarget signed(Map.Entry<BlockRef, Bytes> cast, PublicKey id) {
            return new SignedTarget(cast.getKey(), cast.getValue(), id);
        }

        private static Wire write(Equivocation equivocation) {
            var first = Map.entry(equivocation.first.target(), equivocation.first.signature());
            var second = Map.entry(equivocation.second.target(), equivocation.second.signature());
            return switch (equivocation.stage) {
                case PREVOTE -> new Prevote(equivocation.round, equivocation.id, first, second);
                case PRECOMMIT -> new Precommit(equivocation.round, equivocation.id, first, second);
                case PRIMARY_PROPOSE ->
                    throw new IllegalStateException("proposals are not counted, so none equivocates");
            };
        }
    }
}
