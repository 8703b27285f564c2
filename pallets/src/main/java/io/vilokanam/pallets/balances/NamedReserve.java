package io.vilokanam.pallets.balances;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What is reserved under a name of eight bytes ({@code pallet_balances::types::ReserveData}). */
record NamedReserve(Bytes id, U128 amount) {

    private static final Codec<Bytes> ID = Codecs.fixedBytes(8);

    static final Codec<NamedReserve> CODEC = struct(NamedReserve::new,
            field("id", "ReserveIdentifier", ID, NamedReserve::id),
            field("amount", "Balance", Codecs.U128, NamedReserve::amount)).named("pallet_balances::types::ReserveData",
                    TypeParameter.of("ReserveIdentifier", ID.type()), TypeParameter.of("Balance", Codecs.U128.type()));
}
