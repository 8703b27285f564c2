package io.vilokanam.pallets.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.api.Signatures;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** The wire forms of GRANDPA equivocation reports ({@code sp_consensus_grandpa::EquivocationProof}). */
public final class Equivocations {

    /** A vote for a block: its hash and number. */
    public record Vote(Hash targetHash, long targetNumber) {}

    /** A vote and the voter's 64-byte ed25519 signature. */
    public record SignedVote(Vote vote, Bytes signature) {}

    /** Two different votes of one voter in one round and stage. */
    public record Equivocation(long round, PublicKey voter, SignedVote first, SignedVote second) {}

    /** In which stage the voter equivocated. */
    public sealed interface Stage {
        record Prevote(Equivocation equivocation) implements Stage {}

        record Precommit(Equivocation equivocation) implements Stage {}
    }

    public record Proof(long setId, Stage equivocation) {

        public PublicKey offender() {
            return vote().voter;
        }

        public long round() {
            return vote().round;
        }

        private Equivocation vote() {
            return switch (equivocation) {
                case Stage.Prevote(var vote) -> vote;
                case Stage.Precommit(var vote) -> vote;
            };
        }

        /**
         * Whether the votes differ and both are signed by the voter ({@code check_equivocation_proof}). Signed is the vote, with
         * the index of its stage in front, then round and set.
         */
        public boolean isValid(Signatures signatures) {
            Equivocation votes = vote();
            int stage = equivocation instanceof Stage.Prevote ? 0 : 1;
            return !votes.first.vote.equals(votes.second.vote) && isSigned(signatures, stage, votes.first)
                    && isSigned(signatures, stage, votes.second);
        }

        private boolean isSigned(Signatures signatures, int stage, SignedVote signed) {
            byte[] message = new ScaleOutput().u8(stage).raw(signed.vote.targetHash.bytes().view())
                    .u32(signed.vote.targetNumber).u64(round()).u64(setId).toByteArray();
            return signatures.ed25519Verify(signed.signature.view(), message, offender().bytes().view());
        }
    }

    private static final Codec<Bytes> SIGNATURE = struct((Bytes b) -> b,
            field("", "ed25519::Signature", Codecs.fixedBytes(64), (Bytes b) -> b))
            .named("sp_consensus_grandpa::app::Signature");

    private static final TypeParameter H = TypeParameter.of("H", Hash.CODEC.type());
    private static final TypeParameter N = TypeParameter.of("N", Codecs.U32.type());

    private static final Codec<Stage> STAGE = Variants.of(Stage.class)
            .with(0, "Prevote", Stage.Prevote.class, struct(Stage.Prevote::new, field("",
                    "finality_grandpa::Equivocation<AuthorityId, finality_grandpa::Prevote<\nH, N>, AuthoritySignature,>",
                    equivocation("Prevote"), Stage.Prevote::equivocation)))
            .with(1, "Precommit", Stage.Precommit.class, struct(Stage.Precommit::new, field("",
                    "finality_grandpa::Equivocation<AuthorityId, finality_grandpa::Precommit\n<H, N>, AuthoritySignature,>",
                    equivocation("Precommit"), Stage.Precommit::equivocation)))
            .complete().named("sp_consensus_grandpa::Equivocation", H, N);

    public static final Codec<Proof> PROOF = struct(Proof::new, field("set_id", "SetId", Codecs.U64, Proof::setId),
            field("equivocation", "Equivocation<H, N>", STAGE, Proof::equivocation))
            .named("sp_consensus_grandpa::EquivocationProof", H, N);

    /** A type without values: for chains that have no history of sessions which could prove who owned a key. */
    public static final Codec<MembershipProof> NO_PROOF = Codecs.mapped(Codecs.UNIT,
            TypeInfo.named("sp_core::Void", () -> new TypeDefinition.Enumeration(List.of())), _ -> {
                throw new ScaleException("this chain knows no key ownership proofs");
            }, _ -> Codecs.Unit.UNIT);

    private Equivocations() {}

    private static Codec<Equivocation> equivocation(String stage) {
        Codec<Vote> vote = struct(Vote::new, field("target_hash", "H", Hash.CODEC, Vote::targetHash),
                field("target_number", "N", Codecs.U32, Vote::targetNumber)).named("finality_grandpa::" + stage, H, N);
        Codec<SignedVote> signed = struct(SignedVote::new, field(vote, SignedVote::vote),
                field(SIGNATURE, SignedVote::signature)).tuple();
        return struct(Equivocation::new, field("round_number", "u64", Codecs.U64, Equivocation::round),
                field("identity", "Id", PublicKey.GRANDPA, Equivocation::voter),
                field("first", "(V, S)", signed, Equivocation::first),
                field("second", "(V, S)", signed, Equivocation::second))
                .named("finality_grandpa::Equivocation", TypeParameter.of("Id", PublicKey.GRANDPA.type()),
                        TypeParameter.of("V", vote.type()), TypeParameter.of("S", SIGNATURE.type()));
    }
}
