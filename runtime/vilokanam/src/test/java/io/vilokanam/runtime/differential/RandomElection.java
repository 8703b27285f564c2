package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.runtime.StoredItems;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What stands in storage before an election: who runs, who sits, who votes, and with what; from one seed. */
final class RandomElection {

    private static final int CANDIDATES_MAX = 64;
    private static final int MEMBERS_MAX = 21;
    private static final int RUNNERS_UP_MAX = 7;
    private static final int VOTERS_MAX = 512;
    private static final int VOTES_MAX = 16;
    private static final int DEFUNCT = 5;
    private static final U128 BOND = U128.of(10_000_000_000_000_000L);
    private static final U128 U64_MAX = U128.of(-1L);

    private final SplittableRandom random;
    private final VilokanamRuntime runtime;
    private final List<Map.Entry<Bytes, Bytes>> items = new ArrayList<>();
    /** Whom one may vote for to some end. */
    private final List<AccountId> eligible = new ArrayList<>();
    private final List<AccountId> defunct;
    private final Optional<U128> issuance;
    /** Stakes are divided by this before they count. */
    private final U128 factor;
    /** What kind of stakes all have in this election. */
    private final int stakes;

    RandomElection(long seed, VilokanamRuntime runtime) {
        this.random = new SplittableRandom(seed);
        this.runtime = runtime;
        this.defunct = accounts(DEFUNCT);
        this.issuance = issuance();
        this.factor = issuance.orElse(U128.ZERO).dividedBy(U64_MAX).max(U128.ONE);
        this.stakes = oneIn(12) ? 5 : random.nextInt(5);
        List<AccountId> candidates = accounts(upTo(CANDIDATES_MAX));
        List<AccountId> members = accounts(upTo(MEMBERS_MAX));
        if (oneIn(10) && !members.isEmpty()) { // as only root can bring it about
            candidates = sorted(candidates.subList(0, Math.max(0, candidates.size() - 1)), members.getFirst());
        }
        holders("Members", members);
        holders("RunnersUp", shuffled(accounts(upTo(RUNNERS_UP_MAX))));
        candidates(candidates);
        voters(oneIn(12) ? VOTERS_MAX + 1 : upTo(VOTERS_MAX));
        issuance.ifPresent(all -> put("Balances", "TotalIssuance", new ScaleOutput().u128(all)));
    }

    /** Keys and values to be written. */
    List<Map.Entry<Bytes, Bytes>> items() {
        return List.copyOf(items);
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }

    private int upTo(int limit) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> limit;
            case 2 -> random.nextInt(3);
            default -> random.nextInt(limit + 1);
        };
    }

    /** So many new accounts, sorted. */
    private List<AccountId> accounts(int count) {
        TreeSet<AccountId> accounts = new TreeSet<>();
        while (accounts.size() < count) {
            byte[] id = new byte[AccountId.SIZE];
            random.nextBytes(id);
            accounts.add(AccountId.wrap(id));
        }
        return List.copyOf(accounts);
    }

    private static List<AccountId> sorted(List<AccountId> accounts, AccountId more) {
        TreeSet<AccountId> all = new TreeSet<>(accounts);
        all.add(more);
        return List.copyOf(all);
    }

    private List<AccountId> shuffled(List<AccountId> accounts) {
        List<AccountId> left = new ArrayList<>(accounts);
        List<AccountId> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }

    private Optional<U128> issuance() {
        return switch (random.nextInt(8)) {
            case 0 -> Optional.of(U64_MAX);
            case 1 -> Optional.of(U64_MAX.plus(U64_MAX));
            case 2 -> Optional.of(U64_MAX.plus(U64_MAX).minus(U128.ONE));
            case 3 -> Optional.of(U128.of(random.nextLong(1L << 32), random.nextLong()));
            case 4 -> Optional.of(U128.MAX.minus(U128.of(1L << 62)));
            default -> Optional.empty();
        };
    }

    private U128 stake() {
        return switch (stakes) {
            case 0 -> BOND;
            case 1 -> U128.of(random.nextInt(4));
            case 2 -> U128.of(random.nextLong(1L << 1 + random.nextInt(62))).saturatingTimes(factor);
            case 3 -> U128.of(random.nextLong(), random.nextLong());
            case 4 -> atTheEdge();
            default -> U128.ZERO;
        };
    }

    private U128 atTheEdge() {
        return switch (random.nextInt(9)) {
            case 0 -> U128.ZERO;
            case 1 -> U128.ONE;
            case 2 -> factor.minus(U128.ONE);
            case 3 -> factor;
            case 4 -> factor.plus(U128.ONE);
            case 5 -> U64_MAX;
            case 6 -> U64_MAX.saturatingTimes(factor);
            case 7 -> U64_MAX.saturatingTimes(factor).saturatingPlus(factor);
            default -> U128.MAX;
        };
    }

    private U128 deposit() {
        return switch (random.nextInt(10)) {
            case 0 -> U128.ZERO;
            case 1 -> U128.ONE;
            case 2 -> Actors.ED.minus(U128.ONE);
            case 3 -> oneIn(4) ? U128.MAX : BOND.plus(U128.ONE);
            default -> BOND;
        };
    }

    private void holders(String item, List<AccountId> accounts) {
        ScaleOutput out = new ScaleOutput().compact(accounts.size());
        for (AccountId who : accounts) {
            out.raw(who.bytes().view()).u128(stake()).u128(deposit());
            account(who);
        }
        eligible.addAll(accounts);
        put("Elections", item, out);
    }

    private void candidates(List<AccountId> accounts) {
        ScaleOutput out = new ScaleOutput().compact(accounts.size());
        for (AccountId who : accounts) {
            out.raw(who.bytes().view()).u128(deposit());
            account(who);
        }
        eligible.addAll(accounts);
        put("Elections", "Candidates", out);
    }

    /** Most have reserved their bond; some less than it, some do not even exist. */
    private void account(AccountId who) {
        if (oneIn(20)) {
            return;
        }
        ScaleOutput out = new ScaleOutput().u32(0).u32(1).u32(1).u32(0);
        AccountData.CODEC.encode(new AccountData(Actors.ED, oneIn(8) ? Actors.ED : BOND, U128.ZERO,
                AccountData.DEFAULT.flags()), out);
        put("System", "Account", who, out);
    }

    private void voters(int count) {
        for (AccountId who : accounts(count)) {
            int votes = oneIn(40) ? VOTES_MAX + 1 : upTo(VOTES_MAX);
            ScaleOutput out = new ScaleOutput().compact(votes);
            for (int i = 0; i < votes; i++) {
                out.raw(vote().bytes().view());
            }
            put("Elections", "Voting", who, out.u128(stake()).u128(U128.ZERO));
        }
    }

    private AccountId vote() {
        List<AccountId> from = eligible.isEmpty() || oneIn(10) ? defunct : eligible;
        return from.get(random.nextInt(from.size()));
    }

    private void put(String pallet, String item, ScaleOutput value) {
        items.add(Map.entry(StoredItems.prefix(pallet, item), value.toBytes()));
    }

    private void put(String pallet, String item, AccountId who, ScaleOutput value) {
        StorageEntry entry = StoredItems.entry(runtime.pallets().runtime(), pallet, item);
        Bytes key = new ScaleOutput().raw(entry.prefix().view())
                .raw(entry.hashers().getFirst().apply(new HostHashing(), who.bytes().view())).toBytes();
        items.add(Map.entry(key, value.toBytes()));
    }
}
