package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** The forms in which an account may be named ({@code sp_runtime::MultiAddress<AccountId32, ()>}); the chain looks up only ids. */
public sealed interface MultiAddress {

    record Id(AccountId account) implements MultiAddress {}

    /** An account index; the chain has none, so its type is {@code ()}, written as a compact of nothing. */
    record Index() implements MultiAddress {}

    record Raw(Bytes bytes) implements MultiAddress {}

    record Address32(Bytes bytes) implements MultiAddress {}

    record Address20(Bytes bytes) implements MultiAddress {}

    Codec<Unit> COMPACT_UNIT = Codecs.mapped(Codecs.UNIT,
            io.vilokanam.scale.type.TypeInfo.compact(Codecs.UNIT.type()), unit -> unit, unit -> unit);

    Codec<MultiAddress> CODEC = Variants.of(MultiAddress.class)
            .with(0, "Id", Id.class, struct(Id::new, field("", "AccountId", AccountId.CODEC, Id::account)))
            .with(1, "Index", Index.class,
                    struct(_ -> new Index(), field("", "AccountIndex", COMPACT_UNIT, _ -> Unit.UNIT)))
            .with(2, "Raw", Raw.class, struct(Raw::new, field("", "Vec<u8>", Codecs.BYTES, Raw::bytes)))
            .with(3, "Address32", Address32.class,
                    struct(Address32::new, field("", "[u8; 32]", Codecs.fixedBytes(32), Address32::bytes)))
            .with(4, "Address20", Address20.class,
                    struct(Address20::new, field("", "[u8; 20]", Codecs.fixedBytes(20), Address20::bytes)))
            .complete().named("sp_runtime::multiaddress::MultiAddress",
                    TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("AccountIndex", Codecs.UNIT.type()));

    static MultiAddress of(AccountId account) {
        return new Id(account);
    }
}
