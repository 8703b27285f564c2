package io.vilokanam.pallets.balances;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * A floor that an account's balance may not fall below; locks overlap ({@code pallet_balances::types::BalanceLock}).
 *
 * @param id eight bytes; an account has one lock of each
 */
public record BalanceLock(Bytes id, U128 amount, Reasons reasons) {

    /** What the lock stands against. All of them count alike today; the distinction is kept in storage. */
    public enum Reasons {
        FEE, MISC, ALL;

        static final Codec<Reasons> CODEC = Variants.ofEnum("pallet_balances::types::Reasons", values(), "Fee", "Misc",
                "All");
    }

    static final int ID_SIZE = 8;

    static final Codec<BalanceLock> CODEC = struct(BalanceLock::new,
            field("id", "LockIdentifier", Codecs.fixedBytes(ID_SIZE), BalanceLock::id),
            field("amount", "Balance", Codecs.U128, BalanceLock::amount),
            field("reasons", "Reasons", Reasons.CODEC, BalanceLock::reasons))
            .named("pallet_balances::types::BalanceLock",
                    TypeParameter.of("Balance", Codecs.U128.type()));
}
