package io.vilokanam.consensus;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A block by hash and number; on the wire of GRANDPA the number is a u32, not compact. */
public record BlockRef(Hash hash, long number) {

    public static final Codec<BlockRef> CODEC = struct(BlockRef::new, field(Hash.CODEC, BlockRef::hash),
            field(Codecs.U32, BlockRef::number)).tuple();

    /** The block that {@code header} heads. */
    public static BlockRef of(Header header) {
        return new BlockRef(hashOf(header), header.number());
    }

    /** The block hash: blake2_256 of the SCALE form of the header, seal included. */
    public static Hash hashOf(Header header) {
        return Hash.wrap(Blake2b.hash256(Header.CODEC.encode(header)));
    }

    @Override
    public String toString() {
        return "#" + number + " (" + hash + ")";
    }
}
