package io.vilokanam.pallets.identity;

import static io.vilokanam.frame.storage.Hasher.BLAKE2_128_CONCAT;
import static io.vilokanam.frame.storage.Hasher.TWOX_64_CONCAT;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** What Identity stores. */
record IdentityStorage(StorageMap<AccountId, Registration> identityOf, StorageMap<AccountId, Bytes> usernameOf,
        StorageMap<AccountId, Map.Entry<AccountId, FieldValue>> superOf, StorageMap<AccountId, Subs> subsOf,
        StorageValue<List<Optional<Registrar>>> registrars, StorageMap<Bytes, AuthorityProperties> authorityOf,
        StorageMap<Bytes, UsernameInformation> usernameInfoOf, StorageMap<Bytes, Pending> pendingUsernames,
        StorageMap<Bytes, Long> unbindingUsernames) {

    /** The sub-accounts of an account, and the plancks reserved for them. */
    record Subs(U128 deposit, List<AccountId> accounts) {

        static final Subs NONE = new Subs(U128.ZERO, List.of());
    }

    /** A username that its owner has to accept before a block. */
    record Pending(AccountId who, long expiration, Provider provider) {

        static final Codec<Pending> CODEC = struct(Pending::new, field(AccountId.CODEC, Pending::who),
                field(Codecs.U32, Pending::expiration), field(Provider.CODEC, Pending::provider)).tuple();
    }

    static IdentityStorage declare(PalletScope scope, Identity.Config config, Codec<IdentityFields> fields,
            Codec<Bytes> username) {
        Codec<Subs> subs = struct(Subs::new, field(Codecs.U128, Subs::deposit),
                field(BoundedVec.codec(AccountId.CODEC, config.maxSubAccounts()), Subs::accounts)).tuple();
        return new IdentityStorage(
                scope.optionalMap("IdentityOf", TWOX_64_CONCAT, AccountId.CODEC,
                        Registration.codec(config.maxRegistrars(), fields),
                        "Who holds an account. Accounts are hashes, so the hasher need not be secure."),
                scope.optionalMap("UsernameOf", TWOX_64_CONCAT, AccountId.CODEC, username,
                        "The username by which an account is known."),
                scope.optionalMap("SuperOf", BLAKE2_128_CONCAT, AccountId.CODEC,
                        Codecs.tuple(AccountId.CODEC, FieldValue.CODEC),
                        "Whose sub-account an account is, and its name there."),
                scope.map("SubsOf", TWOX_64_CONCAT, AccountId.CODEC, subs, Subs.NONE,
                        "The sub-accounts of an account, behind the plancks reserved for them."),
                scope.value("Registrars",
                        BoundedVec.codec(Codecs.option(Registrar.CODEC), config.maxRegistrars()), List.of(),
                        "Who judges identities, by index."),
                scope.optionalMap("AuthorityOf", TWOX_64_CONCAT, BoundedVec.bytes(config.maxSuffixLength()),
                        AuthorityProperties.CODEC, "Who gives the usernames of a suffix."),
                scope.optionalMap("UsernameInfoOf", BLAKE2_128_CONCAT, username, UsernameInformation.CODEC,
                        "Whose a username is; an account may have several."),
                scope.optionalMap("PendingUsernames", BLAKE2_128_CONCAT, username, Pending.CODEC,
                        "Usernames that were given and not yet accepted."),
                scope.optionalMap("UnbindingUsernames", BLAKE2_128_CONCAT, username, Codecs.U32,
                        "Usernames that are being taken back, with the block from which they may be removed."));
    }
}
