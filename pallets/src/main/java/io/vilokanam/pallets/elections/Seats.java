package io.vilokanam.pallets.elections;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.OnUnbalanced;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.members.ChangeMembers;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.pallets.elections.phragmen.Phragmen;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** Who sits in the body, who comes next, who runs: and how an election changes that. */
final class Seats {

    private static final U128 U64_MAX = U128.of(-1L);

    private final Elections.Config config;
    private final Fungible currency;
    private final ReservableCurrency reserves;
    private final OnUnbalanced losses;
    private final ChangeMembers changed;
    private final StorageMap<AccountId, Voter> voting;
    private final EventSink<ElectionsEvent> events;

    final StorageValue<List<SeatHolder>> members;
    final StorageValue<List<SeatHolder>> runnersUp;
    final StorageValue<List<Map.Entry<AccountId, U128>>> candidates;
    private final StorageValue<Long> rounds;

    /** What is stored of seats, declared before the voters. */
    record Items(StorageValue<List<SeatHolder>> members, StorageValue<List<SeatHolder>> runnersUp,
            StorageValue<List<Map.Entry<AccountId, U128>>> candidates, StorageValue<Long> rounds) {

        static Items declare(PalletScope scope) {
            return new Items(
                    scope.value("Members", Codecs.vec(SeatHolder.CODEC), List.of(), "The members, sorted by account."),
                    scope.value("RunnersUp", Codecs.vec(SeatHolder.CODEC), List.of(),
                            "Who comes next: the last one first."),
                    scope.value("Candidates", Codecs.vec(Codecs.tuple(AccountId.CODEC, Codecs.U128)), List.of(),
                            "Who runs in the next election, with its bond; sorted by account."),
                    scope.value("ElectionRounds", Codecs.U32, 0L, "How many elections were held."));
        }
    }

    Seats(Elections.Config config, Items items, StorageMap<AccountId, Voter> voting, Fungible currency,
            ReservableCurrency reserves, OnUnbalanced losses, ChangeMembers changed,
            EventSink<ElectionsEvent> events) {
        this.config = config;
        this.currency = currency;
        this.reserves = reserves;
        this.losses = losses;
        this.changed = changed;
        this.voting = voting;
        this.events = events;
        this.members = items.members;
        this.runnersUp = items.runnersUp;
        this.candidates = items.candidates;
        this.rounds = items.rounds;
    }

    static int placeOf(List<AccountId> sorted, AccountId who) {
        return Collections.binarySearch(sorted, who);
    }

    static List<AccountId> ids(List<SeatHolder> holders) {
        return holders.stream().map(SeatHolder::who).toList();
    }

    boolean isMember(Externalities ext, AccountId who) {
        return placeOf(ids(members.get(ext)), who) >= 0;
    }

    boolean isRunnerUp(Externalities ext, AccountId who) {
        return ids(runnersUp.get(ext)).contains(who);
    }

    List<AccountId> candidateIds(Externalities ext) {
        return candidates.get(ext).stream().map(Map.Entry::getKey).toList();
    }

    /**
     * Takes a member's seat; whoever comes next takes it. The prime stays prime unless it is the one who leaves.
     *
     * @throws DispatchException {@code NotMember}
     */
    void vacate(Externalities ext, AccountId who, boolean slash) throws DispatchException {
        List<SeatHolder> seated = new ArrayList<>(members.get(ext));
        int place = placeOf(ids(seated), who);
        DispatchException.ensure(place >= 0, Elections.Error.NOT_MEMBER);
        SeatHolder removed = seated.remove(place);
        if (slash) {
            losses.onUnbalanced(ext, reserves.slashReserved(ext, who, removed.deposit()).credit());
            events.deposit(ext, new ElectionsEvent.SeatHolderSlashed(who, removed.deposit()));
        } else {
            reserves.unreserve(ext, who, removed.deposit());
        }
        List<SeatHolder> waiting = new ArrayList<>(runnersUp.get(ext));
        Optional<SeatHolder> next = waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeLast());
        runnersUp.put(ext, waiting);
        if (next.isPresent()) {
            int at = placeOf(ids(seated), next.get().who());
            if (at < 0) {
                seated.add(-at - 1, next.get());
            }
        }
        members.put(ext, seated);
        Optional<AccountId> prime = changed.prime(ext);
        changed.changeMembersSorted(ext, next.map(SeatHolder::who).stream().toList(), List.of(who), ids(seated));
        if (prime.isPresent() && !prime.get().equals(who)) {
            changed.setPrime(ext, prime);
        }
    }

    /** A voter as it stands in storage while an election is held. */
    private record Stake(U128 stake, List<AccountId> votes) {}

    /** Holds an election; returns what it weighed. */
    Weight elect(Externalities ext) {
        List<Map.Entry<AccountId, U128>> running = new ArrayList<>(candidates.get(ext));
        members.get(ext).forEach(member -> running.add(Map.entry(member.who(), member.deposit())));
        runnersUp.get(ext).forEach(next -> running.add(Map.entry(next.who(), next.deposit())));
        if (running.isEmpty()) {
            events.deposit(ext, new ElectionsEvent.EmptyTerm());
            return DbWeight.ROCKS_DB.reads(3);
        }
        List<Stake> stakes = new ArrayList<>();
        for (var entry : voting.entries(ext)) {
            if (stakes.size() == config.maxVoters()) {
                events.deposit(ext, new ElectionsEvent.ElectionError());
                return DbWeight.ROCKS_DB.reads(3 + config.maxVoters());
            }
            stakes.add(new Stake(entry.value().stake(), entry.value().votes()));
        }
        U128 factor = currency.totalIssuance(ext).dividedBy(U64_MAX).max(U128.ONE);
        List<Phragmen.Winner> winners = Phragmen.elect(config.desiredMembers() + config.desiredRunnersUp(),
                running.stream().map(Map.Entry::getKey).toList(),
                stakes.stream().map(each -> new Phragmen.Ballot(
                        each.stake.dividedBy(factor).saturatedToU64(), each.votes)).toList());
        seat(ext, running, stakes, winners.stream().filter(winner -> !winner.stake().isZero())
                .map(winner -> Map.entry(winner.who(), winner.stake().saturatingTimes(factor))).toList());
        long edges = stakes.stream().mapToLong(each -> each.votes.size()).sum();
        return ElectionsWeights.election(running.size(), stakes.size(), edges);
    }

    private void seat(Externalities ext, List<Map.Entry<AccountId, U128>> running, List<Stake> stakes,
            List<Map.Entry<AccountId, U128>> winners) {
        List<AccountId> before = ids(members.get(ext));
        int split = Math.min(config.desiredMembers(), winners.size());
        List<Map.Entry<AccountId, U128>> seated = new ArrayList<>(winners.subList(0, split));
        seated.sort(Map.Entry.comparingByKey());
        List<Map.Entry<AccountId, U128>> next = new ArrayList<>(winners.subList(split, winners.size()));
        Collections.reverse(next);
        members.kill(ext);
        runnersUp.kill(ext);
        List<AccountId> ids = seated.stream().map(Map.Entry::getKey).toList();
        ChangeMembers.Difference difference = ChangeMembers.Difference.of(ids, before);
        changed.changeMembersSorted(ext, difference.incoming(), difference.outgoing(), ids);
        changed.setPrime(ext, prime(ids, stakes));
        TreeSet<AccountId> elected = new TreeSet<>(ids);
        next.forEach(each -> elected.add(each.getKey()));
        running.stream().filter(each -> !elected.contains(each.getKey()))
                .forEach(loser -> slash(ext, loser.getKey(), loser.getValue()));
        members.put(ext, seated.stream().map(each -> holder(each, running)).toList());
        runnersUp.put(ext, next.stream().map(each -> holder(each, running)).toList());
        candidates.kill(ext);
        events.deposit(ext, new ElectionsEvent.NewTerm(seated));
        rounds.put(ext, rounds.get(ext) + 1 & 0xffff_ffffL);
    }

    private static SeatHolder holder(Map.Entry<AccountId, U128> elected, List<Map.Entry<AccountId, U128>> running) {
        U128 deposit = running.stream().filter(each -> each.getKey().equals(elected.getKey())).findFirst()
                .map(Map.Entry::getValue).orElse(U128.ZERO);
        return new SeatHolder(elected.getKey(), elected.getValue(), deposit);
    }

    /** Whom the voters place highest, their stakes counted: of equals the last. */
    private Optional<AccountId> prime(List<AccountId> seated, List<Stake> stakes) {
        List<U128> points = new ArrayList<>(Collections.nCopies(seated.size(), U128.ZERO));
        for (Stake each : stakes) {
            for (int position = 0; position < each.votes.size(); position++) {
                int place = placeOf(seated, each.votes.get(position));
                if (place >= 0) {
                    long weight = config.maxVotesPerVoter() - position & 0xffff_ffffL;
                    points.set(place, points.get(place).saturatingPlus(each.stake.saturatingTimes(U128.of(weight))));
                }
            }
        }
        Optional<AccountId> prime = Optional.empty();
        U128 most = U128.ZERO;
        for (int i = 0; i < seated.size(); i++) {
            if (points.get(i).isAtLeast(most)) {
                most = points.get(i);
                prime = Optional.of(seated.get(i));
            }
        }
        return prime;
    }

    private void slash(Externalities ext, AccountId loser, U128 deposit) {
        try {
            losses.onUnbalanced(ext, reserves.slashReserved(ext, loser, deposit).credit());
        } catch (DispatchException impossible) {
            throw new IllegalStateException("what is reserved can be taken, and the pot takes it", impossible);
        }
        events.deposit(ext, new ElectionsEvent.CandidateSlashed(loser, deposit));
    }
}
