package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A vote with its signature over {@link Vote#payload} ({@code finality_grandpa::SignedMessage}). */
public record SignedVote(Vote vote, Bytes signature, PublicKey id) {

    static final int SIGNATURE_SIZE = 64;

    public static final Codec<SignedVote> CODEC = struct(SignedVote::new, field(Vote.CODEC, SignedVote::vote),
            field(Codecs.fixedBytes(SIGNATURE_SIZE), SignedVote::signature), field(PublicKey.GRANDPA, SignedVote::id))
            .tuple();

    public BlockRef target() {
        return vote.target();
    }

    public boolean isSigned(SignatureCheck ed25519, long round, long setId) {
        return ed25519.verify(id, vote.payload(round, setId), signature);
    }

    /** The same without the stage, for lists that hold one stage only. */
    public SignedTarget signedTarget() {
        return new SignedTarget(vote.target(), signature, id);
    }
}
