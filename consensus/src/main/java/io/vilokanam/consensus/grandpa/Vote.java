package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleOutput;

/** An unsigned GRANDPA message ({@code finality_grandpa::Message}): stage byte, target hash, target number u32. */
public record Vote(Stage stage, BlockRef target) {

    public static final Codec<Vote> CODEC = struct(Vote::new, field(Stage.CODEC, Vote::stage),
            field(BlockRef.CODEC, Vote::target)).tuple();

    /** The 53 bytes that a voter signs: the message, round u64, set id u64. */
    public byte[] payload(long round, long setId) {
        ScaleOutput out = new ScaleOutput();
        CODEC.encode(this, out);
        return out.u64(round).u64(setId).toByteArray();
    }
}
