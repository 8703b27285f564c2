package io.vilokanam.pallets.balances;

import java.util.List;

import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * The storage of Balances. Keys are accounts that anyone may choose: their hash in front keeps the trie balanced, the
 * account behind it lets wallets list them.
 */
record BalancesStorage(StorageValue<U128> totalIssuance, StorageValue<U128> inactiveIssuance,
        StorageMap<AccountId, List<BalanceLock>> locks, StorageMap<AccountId, List<NamedReserve>> reserves,
        StorageMap<AccountId, List<IdAmount>> holds, StorageMap<AccountId, List<IdAmount>> freezes) {

    static BalancesStorage declare(PalletScope scope, Balances.Config config) {
        var total = scope.value("TotalIssuance", Codecs.U128, U128.ZERO, "All tokens that exist.");
        var inactive = scope.value("InactiveIssuance", Codecs.U128, U128.ZERO,
                "Tokens that count as not in circulation.");
        scope.map("Account", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, AccountData.CODEC, AccountData.DEFAULT,
                "Balances of accounts, where they are not kept in System as on this chain.");
        return new BalancesStorage(total, inactive,
                lists(scope, "Locks", BoundedVec.weakCodec(BalanceLock.CODEC), "Locks on balances."),
                lists(scope, "Reserves", BoundedVec.codec(NamedReserve.CODEC, config.maxReserves()),
                        "What is reserved under a name."),
                lists(scope, "Holds",
                        BoundedVec.codec(IdAmount.codec(config.holdReasons().codec()), config.holdReasons().count()),
                        "What is on hold, by reason."),
                lists(scope, "Freezes",
                        BoundedVec.codec(IdAmount.codec(config.freezeReasons().codec()), config.maxFreezes()),
                        "What is frozen, by reason."));
    }

    private static <T> StorageMap<AccountId, List<T>> lists(PalletScope scope, String item, Codec<List<T>> codec,
            String docs) {
        return scope.map(item, Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, codec, List.of(), docs);
    }
}
