package io.vilokanam.pallets.proxy;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A proxy says that it will make a call for {@code real}, in block {@code height}. */
record Announcement(AccountId real, Hash callHash, long height) {

    static final Codec<Announcement> CODEC = struct(Announcement::new,
            field("real", "AccountId", AccountId.CODEC, Announcement::real),
            field("call_hash", "Hash", Hash.CODEC, Announcement::callHash),
            field("height", "BlockNumber", Codecs.U32, Announcement::height))
            .named("pallet_proxy::Announcement", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("Hash", Hash.CODEC.type()),
                    TypeParameter.of("BlockNumber", Codecs.U32.type()));
}
