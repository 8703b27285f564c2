package io.vilokanam.pallets.session;

import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** The session keys that accounts have registered, and whose each key is: no key belongs to two. */
final class KeyRegister {

    private final StorageMap<AccountId, SessionKeys> nextKeys;
    private final StorageMap<Map.Entry<KeyTypeId, Bytes>, AccountId> keyOwner;

    /** Accounts are not chosen freely by those who want keys beside each other: a short hash in front is enough. */
    KeyRegister(PalletScope scope, Codec<SessionKeys> keys) {
        nextKeys = scope.optionalMap("NextKeys", Hasher.TWOX_64_CONCAT, AccountId.CODEC, keys,
                "The keys that a validator will use.");
        keyOwner = scope.optionalMap("KeyOwner", Hasher.TWOX_64_CONCAT,
                Codecs.tuple(KeyTypeId.CODEC, Codecs.BYTES), AccountId.CODEC, "Whose a key is, by its type and bytes.");
    }

    static PublicKey ofType(SessionKeys keys, KeyTypeId type) {
        return keys.raw().stream().filter(key -> key.getValue().equals(type)).map(key -> new PublicKey(key.getKey()))
                .findFirst().orElseThrow(() -> new IllegalStateException("session keys hold no key of type " + type));
    }

    Optional<SessionKeys> of(Externalities ext, AccountId who) {
        return nextKeys.find(ext, who);
    }

    /**
     * Registers keys in place of those before.
     *
     * @return those before
     * @throws DispatchException {@code DuplicatedKey} where another account has one of them
     */
    Optional<SessionKeys> set(Externalities ext, AccountId who, SessionKeys keys) throws DispatchException {
        Optional<SessionKeys> before = nextKeys.find(ext, who);
        for (Map.Entry<Bytes, KeyTypeId> key : keys.raw()) {
            DispatchException.ensure(keyOwner.find(ext, id(key)).filter(owner -> !owner.equals(who)).isEmpty(),
                    Session.Error.DUPLICATED_KEY);
        }
        for (int i = 0; i < keys.raw().size(); i++) {
            Map.Entry<Bytes, KeyTypeId> key = keys.raw().get(i);
            if (before.isPresent()) {
                Map.Entry<Bytes, KeyTypeId> old = before.get().raw().get(i);
                if (old.equals(key)) {
                    continue;
                }
                keyOwner.remove(ext, id(old));
            }
            keyOwner.put(ext, id(key), who);
        }
        nextKeys.put(ext, who, keys);
        return before;
    }

    /** @throws DispatchException {@code NoKeys} where there are none */
    void purge(Externalities ext, AccountId who) throws DispatchException {
        SessionKeys before = nextKeys.takeIfPresent(ext, who)
                .orElseThrow(() -> new DispatchException(Session.Error.NO_KEYS));
        before.raw().forEach(key -> keyOwner.remove(ext, id(key)));
    }

    private static Map.Entry<KeyTypeId, Bytes> id(Map.Entry<Bytes, KeyTypeId> key) {
        return Map.entry(key.getValue(), key.getKey());
    }
}
