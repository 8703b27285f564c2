package io.vilokanam.primitives.header;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A header and its body. Each extrinsic is the opaque content of its own {@code Vec<u8>}, without that vector's length. */
public record Block(Header header, List<Bytes> extrinsics) {

    public static final Codec<Block> CODEC = struct(Block::new, field("header", Header.CODEC, Block::header),
            field("extrinsics", Codecs.vec(Codecs.BYTES), Block::extrinsics))
            .named("sp_runtime::generic::block::Block");

    public Block {
        extrinsics = List.copyOf(extrinsics);
    }

    /** The block as its runtime sees it: without the seals that consensus put on it. */
    public Block unsealed() {
        List<DigestItem> items = new ArrayList<>();
        for (DigestItem item : header.digest().items()) {
            if (!(item instanceof DigestItem.Seal)) {
                items.add(item);
            }
        }
        return new Block(header.withDigest(new Digest(items)), extrinsics);
    }
}
