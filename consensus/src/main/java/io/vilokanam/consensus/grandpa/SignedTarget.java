package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * A signed vote in a list that holds one stage only: {@code SignedPrevote} or {@code SignedPrecommit} of the reference,
 * 132 bytes without a stage byte. The signature still covers the stage.
 */
public record SignedTarget(BlockRef target, Bytes signature, PublicKey id) {

    public static final Codec<SignedTarget> CODEC = struct(SignedTarget::new,
            field(BlockRef.CODEC, SignedTarget::target),
            field(Codecs.fixedBytes(SignedVote.SIGNATURE_SIZE), SignedTarget::signature),
            field(PublicKey.GRANDPA, SignedTarget::id)).tuple();

    public SignedVote in(Stage stage) {
        return new SignedVote(new Vote(stage, target), signature, id);
    }
}
