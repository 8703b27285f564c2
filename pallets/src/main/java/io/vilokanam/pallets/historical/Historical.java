package io.vilokanam.pallets.historical;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletWithoutCalls;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.frame.session.SessionPlan;
import io.vilokanam.frame.session.ValidatorSet;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;

/**
 * Remembers of each session the root of a trie of its validators' keys, against which it can be proven later whose a key was
 * ({@code pallet_session::historical}). Of validators nothing is known but their id.
 */
public final class Historical implements PalletWithoutCalls<Historical.Call> {

    /** There are none. */
    public enum Call {
    }

    /** A root, and how many validators the session has: {@code (T::Hash, ValidatorCount)}. */
    private static final Codec<Map.Entry<Hash, Long>> ROOT = Codecs.tuple(Hash.CODEC, Codecs.U32);
    private static final long SESSION_MAX = 0xffff_ffffL;
    private static final int STORAGE_VERSION = 1;
    private static final Bytes INDEX = Bytes.ascii("session_historical/");

    private final Supplier<? extends ValidatorSet> session;
    private final StorageMap<Long, Map.Entry<Hash, Long>> historicalSessions;
    private final StorageValue<Map.Entry<Long, Long>> storedRange;

    /** @param session which is built later: it asks this pallet's plan */
    public Historical(PalletScope scope, Supplier<? extends ValidatorSet> session) {
        this.session = session;
        scope.storageVersion(STORAGE_VERSION);
        this.historicalSessions = scope.optionalMap("HistoricalSessions", Hasher.TWOX_64_CONCAT, Codecs.U32, ROOT,
                "The root of the keys of each session, and how many validators it has.");
        this.storedRange = scope.optionalValue("StoredRange", Codecs.tuple(Codecs.U32, Codecs.U32),
                "Which sessions are stored: from the first up to, but without, the second.");
    }

    /**
     * A plan that plans as {@code plan} does, and notes the root of each session planned; the validators of each session that ends
     * go to the off-chain index.
     */
    public SessionPlan noting(SessionPlan plan) {
        return new SessionPlan() {
            @Override
            public Optional<List<AccountId>> newSession(Externalities ext, long index) {
                return note(ext, index, plan);
            }

            @Override
            public void endSession(Externalities ext, long index) {
                index(ext, index);
                plan.endSession(ext, index);
            }
        };
    }

    private Optional<List<AccountId>> note(Externalities ext, long index, SessionPlan plan) {
        long first = storedRange.find(ext).map(Map.Entry::getKey).orElse(index);
        storedRange.put(ext, Map.entry(first, index + 1 & SESSION_MAX));
        Optional<List<AccountId>> planned = plan.newSession(ext, index);
        if (planned.isPresent()) {
            historicalSessions.put(ext, index, Map.entry(trieOf(ext, planned.get()).root(),
                    (long) planned.get().size()));
        } else {
            historicalSessions.find(ext, Math.max(0, index - 1))
                    .ifPresent(before -> historicalSessions.put(ext, index, before));
        }
        return planned;
    }

    /** {@code session_historical/} and the session lead to its validators. */
    private void index(Externalities ext, long ended) {
        byte[] key = new ScaleOutput().raw(INDEX.view()).u32(ended).toByteArray();
        ext.offchainIndex(key, Codecs.vec(AccountId.CODEC).encode(session.get().validators(ext)));
    }

    /** Each key leads to the validator's index in the list, the index to the validator; those without keys are left out. */
    private KeyTrie trieOf(Externalities ext, List<AccountId> validators) {
        SortedMap<Bytes, Bytes> entries = new TreeMap<>();
        for (int i = 0; i < validators.size(); i++) {
            Optional<SessionKeys> keys = session.get().keysOf(ext, validators.get(i));
            if (keys.isPresent()) {
                Bytes index = new ScaleOutput().u32(i).toBytes();
                keys.get().raw().forEach(key -> entries.put(entryOf(key.getValue(), key.getKey()), index));
                entries.put(index, validators.get(i).bytes());
            }
        }
        return KeyTrie.of(ext, entries);
    }

    private static Bytes entryOf(KeyTypeId type, Bytes key) {
        return new ScaleOutput().raw(type.bytes()).bytes(key.view()).toBytes();
    }

    /** Proves to whom a key belongs in this session; of a key that is nobody's, the proof shows nothing. */
    public MembershipProof prove(Externalities ext, KeyTypeId type, PublicKey key) {
        List<AccountId> validators = session.get().validators(ext);
        TreeSet<Bytes> visited = new TreeSet<>();
        ownerIn(trieOf(ext, validators), type, key, visited);
        return new MembershipProof(session.get().currentIndex(ext), List.copyOf(visited), validators.size());
    }

    /** To whom a key belonged, if the proof shows it: all of its nodes and none but its nodes are needed for that. */
    public Optional<AccountId> checkProof(Externalities ext, KeyTypeId type, PublicKey key, MembershipProof proof) {
        Optional<Map.Entry<Hash, Long>> known = rootOf(ext, proof.session());
        if (known.isEmpty() || known.get().getValue() != proof.validatorCount()) {
            return Optional.empty();
        }
        TreeSet<Bytes> visited = new TreeSet<>();
        return KeyTrie.ofProof(ext, known.get().getKey(), proof.trieNodes())
                .flatMap(trie -> ownerIn(trie, type, key, visited))
                .filter(_ -> visited.size() == proof.trieNodes().size());
    }

    private Optional<Map.Entry<Hash, Long>> rootOf(Externalities ext, long index) {
        if (index != session.get().currentIndex(ext)) {
            return historicalSessions.find(ext, index);
        }
        List<AccountId> validators = session.get().validators(ext);
        return Optional.of(Map.entry(trieOf(ext, validators).root(), (long) validators.size()));
    }

    private static Optional<AccountId> ownerIn(KeyTrie trie, KeyTypeId type, PublicKey key, TreeSet<Bytes> visited) {
        return trie.get(entryOf(type, key.bytes()), visited).filter(index -> index.size() >= Integer.BYTES)
                .flatMap(index -> trie.get(index, visited)).filter(owner -> owner.size() >= AccountId.SIZE)
                .map(AccountId::new);
    }
}
