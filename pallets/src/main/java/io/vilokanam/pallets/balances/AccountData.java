package io.vilokanam.pallets.balances;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * The balances of an account ({@code pallet_balances::types::AccountData}), in plancks.
 *
 * @param free what its owner may use as far as nothing is frozen
 * @param reserved what is on hold or reserved
 * @param frozen what free and reserved together may not fall below, but by force
 * @param flags the highest bit says that consumers are counted by the present rules
 */
public record AccountData(U128 free, U128 reserved, U128 frozen, U128 flags) {

    private static final U128 NEW_LOGIC = U128.of(Long.MIN_VALUE, 0);

    /** What an account has that has nothing. */
    public static final AccountData DEFAULT = new AccountData(U128.ZERO, U128.ZERO, U128.ZERO, NEW_LOGIC);

    private static final Codec<U128> FLAGS = struct((U128 flags) -> flags,
            field("", "u128", Codecs.U128, (U128 flags) -> flags)).named("pallet_balances::types::ExtraFlags");

    public static final Codec<AccountData> CODEC = struct(AccountData::new,
            field("free", "Balance", Codecs.U128, AccountData::free),
            field("reserved", "Balance", Codecs.U128, AccountData::reserved),
            field("frozen", "Balance", Codecs.U128, AccountData::frozen),
            field("flags", "ExtraFlags", FLAGS, AccountData::flags)).named("pallet_balances::types::AccountData",
                    TypeParameter.of("Balance", Codecs.U128.type()));

    /** Free and reserved balance, saturating. */
    public U128 total() {
        return free.saturatingPlus(reserved);
    }

    /** Whether consumers of the account are counted by the present rules; accounts from before may stand in the state. */
    public boolean isNewLogic() {
        return flags.high() < 0;
    }

    AccountData withNewLogic() {
        return new AccountData(free, reserved, frozen, U128.of(flags.high() | Long.MIN_VALUE, flags.low()));
    }

    AccountData withFree(U128 amount) {
        return new AccountData(amount, reserved, frozen, flags);
    }

    AccountData withReserved(U128 amount) {
        return new AccountData(free, amount, frozen, flags);
    }

    AccountData withFrozen(U128 amount) {
        return new AccountData(free, reserved, amount, flags);
    }

    /** Whether the account needs its provider: part of it is reserved or frozen. */
    boolean consumes() {
        return !reserved.isZero() || !frozen.isZero();
    }
}
