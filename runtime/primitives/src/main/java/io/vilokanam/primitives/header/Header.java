package io.vilokanam.primitives.header;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * A block header ({@code sp_runtime::generic::Header<u32, BlakeTwo256>}). Its hash is blake2_256 of its SCALE form, seal
 * included. {@code number} is a u32, compact on the wire.
 */
public record Header(Hash parentHash, long number, Hash stateRoot, Hash extrinsicsRoot, Digest digest) {

    public static final Codec<Header> CODEC = struct(Header::new,
            field("parent_hash", "Hash::Output", Hash.CODEC, Header::parentHash),
            field("number", "Number", Codecs.COMPACT_U32, Header::number),
            field("state_root", "Hash::Output", Hash.CODEC, Header::stateRoot),
            field("extrinsics_root", "Hash::Output", Hash.CODEC, Header::extrinsicsRoot),
            field("digest", "Digest", Digest.CODEC, Header::digest)).named("sp_runtime::generic::header::Header",
                    TypeParameter.of("Number", Codecs.U32.type()), TypeParameter.skipped("Hash"));

    public Header withDigest(Digest other) {
        return new Header(parentHash, number, stateRoot, extrinsicsRoot, other);
    }
}
