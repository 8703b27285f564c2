package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.runtime.StoredItems;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What root may write straight into storage: records as they may stand there, and as they may not. */
final class RandomState {

    /** Items without which most chains are over: overwritten only now and then. */
    private static final Set<String> VITAL = Set.of("Number", "ParentHash", "Digest", "ExecutionPhase",
            "InherentsApplied",
            "CurrentSlot", "DidUpdate", "Now", "BlockWeight", "AllExtrinsicsLen", "BlockHash", "ExtrinsicCount",
            "ExtrinsicData", "Events", "EventCount", "Key");

    /** Only the records of the first pallets are overwritten: the eight that every composition has. */
    private static final int PALLETS = 8;
    private static final int AURA_AUTHORITIES_MAX = 32;

    private final SplittableRandom random;
    private final RandomValues values;
    private final Pallets pallets;
    private final Actors actors;

    RandomState(SplittableRandom random, Pallets pallets, Actors actors) {
        this.random = random;
        this.values = new RandomValues(random);
        this.pallets = pallets;
        this.actors = actors;
    }

    /** @param number of the block that is being made */
    List<Map.Entry<Bytes, Bytes>> items(long number) {
        List<Map.Entry<Bytes, Bytes>> items = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            items.add(item(number));
        }
        return items;
    }

    private Map.Entry<Bytes, Bytes> item(long number) {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> accountOf(random.nextInt(6) == 0 ? actors.account() : actors.silent());
            case 3, 4 -> ofAccount();
            case 5, 12 -> Map.entry(plain("Grandpa", "PendingChange"), pendingChange(number));
            case 6, 13 -> Map.entry(plain("Grandpa", "State"), grandpaState(number));
            case 7 -> Map.entry(Bytes.ascii("x" + random.nextInt(9)), Bytes.wrap(values.bytes(random.nextInt(70))));
            case 8 -> Map.entry(wellKnown(), Bytes.wrap(values.bytes(random.nextInt(12))));
            case 9 -> Map.entry(inactiveIssuance(), new ScaleOutput().u128(small()).toBytes());
            case 14 -> Map.entry(plain("Aura", "Authorities"), auraAuthorities());
            default -> any();
        };
    }

    private Bytes wellKnown() {
        return Bytes.ascii(List.of(":heappages", ":intrablock_entropy", ":child_storage:default:a", ":child_storage:",
                ":child_storage:other:a", ":c").get(random.nextInt(6)));
    }

    /** A key as {@code kill_storage} is given it. */
    Bytes key() {
        return item(random.nextInt(20)).getKey();
    }

    /** What a prefix to be killed may be: of a pallet, of an item, of one key. */
    Bytes prefix() {
        StorageEntry entry = entry();
        return switch (random.nextInt(8)) {
            case 0 -> Bytes.ascii("x");
            case 1 -> Bytes.wrap(java.util.Arrays.copyOf(entry.prefix().toArray(), 16));
            case 2 -> key();
            default -> entry.prefix();
        };
    }

    private Map.Entry<Bytes, Bytes> any() {
        StorageEntry entry = entry();
        // Events that nothing deposited would count as met.
        byte[] value = entry.item().equals("Events") ? new byte[]{0} : values.of(entry.valueType());
        return Map.entry(keyOf(entry), Bytes.wrap(random.nextInt(4) == 0 ? values.broken(value) : value));
    }

    private StorageEntry entry() {
        while (true) {
            var slots = pallets.runtime().slots().subList(0, PALLETS);
            List<StorageEntry> entries = slots.get(random.nextInt(slots.size())).scope().storage();
            if (!entries.isEmpty()) {
                StorageEntry entry = entries.get(random.nextInt(entries.size()));
                if (!VITAL.contains(entry.item()) || random.nextInt(40) == 0) {
                    return entry;
                }
            }
        }
    }

    private Bytes keyOf(StorageEntry entry) {
        if (entry.keyType().isEmpty()) {
            return entry.prefix();
        }
        if (String.join("::", entry.keyType().get().path()).endsWith("AccountId32")) {
            return hashed(entry, actors.silent().bytes().view());
        }
        return hashed(entry, values.of(entry.keyType().get()));
    }

    private static Bytes hashed(StorageEntry entry, byte[] key) {
        ScaleOutput out = new ScaleOutput().raw(entry.prefix().view());
        return out.raw(entry.hashers().getFirst().apply(new HostHashing(), key)).toBytes();
    }

    Bytes inactiveIssuance() {
        return plain("Balances", "InactiveIssuance");
    }

    private Bytes plain(String pallet, String item) {
        return entry(pallet, item).prefix();
    }

    private StorageEntry entry(String pallet, String item) {
        return StoredItems.entry(pallets.runtime(), pallet, item);
    }

    /** Locks, reserves, holds, freezes of an account, with amounts that matter. */
    private Map.Entry<Bytes, Bytes> ofAccount() {
        StorageEntry entry = entry("Balances",
                List.of("Locks", "Reserves", "Holds", "Freezes", "Account").get(random.nextInt(5)));
        AccountId who = random.nextInt(4) == 0 ? actors.account() : actors.silent();
        return Map.entry(hashed(entry, who.bytes().view()), Bytes.wrap(values.of(entry.valueType())));
    }

    /** An account as it may stand in the state, and as it may not: counts that do not fit, the older flags. */
    private Map.Entry<Bytes, Bytes> accountOf(AccountId who) {
        ScaleOutput out = new ScaleOutput();
        long nonce = random.nextInt(10) == 0 ? values.number(32) : random.nextInt(3);
        out.u32(nonce).u32(count()).u32(count()).u32(random.nextInt(4) / 3);
        U128 reserved = random.nextBoolean() ? U128.ZERO : small();
        U128 frozen = random.nextBoolean() ? U128.ZERO : small();
        U128 flags = random.nextBoolean() ? U128.ZERO : AccountData.DEFAULT.flags();
        AccountData.CODEC.encode(new AccountData(small(), reserved, frozen, flags), out);
        return Map.entry(hashed(entry("System", "Account"), who.bytes().view()), out.toBytes());
    }

    private long count() {
        return random.nextInt(20) == 0 ? values.number(32) : random.nextInt(3);
    }

    private U128 small() {
        return switch (random.nextInt(12)) {
            case 0 -> U128.MAX;
            case 1 -> U128.ONE;
            case 2, 3, 4 -> U128.of(random.nextLong(1L << 55));
            default -> U128.of((random.nextInt(4) + 1) * Actors.ED.low() + random.nextInt(3) - 1);
        };
    }

    /** As many authorities as there may be, a few, or too many; never none, with whom a chain is over. */
    private Bytes auraAuthorities() {
        int authorities = random.nextBoolean() ? AURA_AUTHORITIES_MAX + random.nextInt(3) - 1 : 1 + random.nextInt(3);
        ScaleOutput out = new ScaleOutput().compact(authorities);
        for (int i = 0; i < authorities; i++) {
            out.raw(values.bytes(32));
        }
        return out.toBytes();
    }

    private Bytes pendingChange(long number) {
        ScaleOutput out = new ScaleOutput().u32(near(number))
                .u32(random.nextInt(8) == 0 ? values.number(32) : random.nextInt(3));
        int authorities = random.nextInt(12) == 0 ? 33 : random.nextInt(4);
        out.compact(authorities);
        for (int i = 0; i < authorities; i++) {
            out.raw(values.bytes(32)).u64(values.number(64));
        }
        return (random.nextBoolean() ? out.u8(0) : out.u8(1).u32(values.number(32))).toBytes();
    }

    private Bytes grandpaState(long number) {
        int kind = random.nextInt(4);
        ScaleOutput out = new ScaleOutput().u8(kind);
        return (kind % 2 == 0 ? out : out.u32(near(number)).u32(random.nextInt(3))).toBytes();
    }

    private long near(long number) {
        return random.nextInt(8) == 0 ? values.number(32) : Math.max(0, number + random.nextInt(3) - 1);
    }

}
