package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.LockableCurrency;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.SortedSearch;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.voting.PollStatus;
import io.vilokanam.frame.voting.Polling;
import io.vilokanam.pallets.convictionvoting.Voting.Cast;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * Votes in polls that others conduct, weighed by tokens and by how long these may be locked
 * ({@code pallet_conviction_voting}).
 */
public final class ConvictionVoting implements Pallet<ConvictionVotingCall> {

    /**
     * What a runtime decides.
     *
     * @param votesMax in how many polls of a class an account votes at most
     * @param lockingPeriod how long a winner's tokens stay locked with the least conviction, in blocks
     */
    public record Config(int votesMax, long lockingPeriod) {}

    /** Who may take a vote away: the voter always, others only what is over. */
    private enum UnvoteScope {
        ANY, ONLY_EXPIRED
    }

    private static final Bytes LOCK = Bytes.ascii("pyconvot");
    /** Reserves may be made of what is locked. */
    private static final Set<WithdrawReason> REASONS = EnumSet.complementOf(EnumSet.of(WithdrawReason.RESERVE));

    private final Config config;
    private final CurrentBlock block;
    private final Fungible currency;
    private final LockableCurrency locks;
    private final Polling<Tally> polls;
    private final StorageDoubleMap<AccountId, Integer, Voting> votingFor;
    private final StorageMap<AccountId, List<ClassLock>> classLocksFor;
    private final EventSink<ConvictionVotingEvent> events;

    public ConvictionVoting(PalletScope scope, Config config, CurrentBlock block, Fungible currency,
            LockableCurrency locks, Polling<Tally> polls) {
        this.config = config;
        this.block = block;
        this.currency = currency;
        this.locks = locks;
        this.polls = polls;
        // Keys are accounts and classes that exist, not chosen freely: a short hash keeps the trie even.
        this.votingFor = scope.doubleMap("VotingFor", Hasher.TWOX_64_CONCAT, AccountId.CODEC, Hasher.TWOX_64_CONCAT,
                Codecs.U16, Voting.codec(config.votesMax), Voting.IDLE, "What an account does in a class of polls.");
        this.classLocksFor = scope.map("ClassLocksFor", Hasher.TWOX_64_CONCAT, AccountId.CODEC,
                BoundedVec.codec(ClassLock.CODEC, polls.classes().size()), List.of(),
                "What each class of polls needs locked; the largest of it is.");
        scope.calls(ConvictionVotingCall.CALLS, "pallet_conviction_voting::pallet::Call", "T", "I");
        this.events = scope.events(ConvictionVotingEvent.EVENTS, "pallet_conviction_voting::pallet::Event", "T", "I");
        scope.errors(ConvictionVotingError.ERRORS, "pallet_conviction_voting::pallet::Error", "T", "I");
        scope.constant("MaxVotes", Codecs.U32, (long) config.votesMax, "The most polls that an account votes in.");
        scope.constant("VoteLockingPeriod", Codecs.U32, config.lockingPeriod,
                "How long tokens stay locked with the least conviction, in blocks.");
    }

    @Override
    public Weight weigh(ConvictionVotingCall call) {
        return switch (call) {
            case ConvictionVotingCall.VoteIn _ -> ConvictionVotingWeights.VOTE;
            case ConvictionVotingCall.Delegate _ -> ConvictionVotingWeights.delegate(config.votesMax);
            case ConvictionVotingCall.Undelegate _ -> ConvictionVotingWeights.undelegate(config.votesMax);
            case ConvictionVotingCall.Unlock _ -> ConvictionVotingWeights.UNLOCK;
            case ConvictionVotingCall.RemoveVote _ -> ConvictionVotingWeights.REMOVE_VOTE;
            case ConvictionVotingCall.RemoveOtherVote _ -> ConvictionVotingWeights.REMOVE_OTHER_VOTE;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, ConvictionVotingCall call)
            throws DispatchException {
        AccountId who = origin.ensureSigned();
        switch (call) {
            case ConvictionVotingCall.VoteIn(var poll, var vote) -> vote(ext, who, poll, vote);
            case ConvictionVotingCall.Delegate(var pollClass, var to, var conviction, var balance) -> {
                long votes = delegate(ext, who, pollClass, lookup(to), conviction, balance);
                return PostDispatchInfo.weighing(ConvictionVotingWeights.delegate(votes));
            }
            case ConvictionVotingCall.Undelegate(var pollClass) -> {
                return PostDispatchInfo.weighing(ConvictionVotingWeights.undelegate(undelegate(ext, who, pollClass)));
            }
            case ConvictionVotingCall.Unlock(var pollClass, var address) -> {
                AccountId target = lookup(address);
                updateLock(ext, pollClass, target);
                events.deposit(ext, new ConvictionVotingEvent.VoteUnlocked(target, pollClass));
            }
            case ConvictionVotingCall.RemoveVote(var pollClass, var index) ->
                removeVote(ext, who, index, pollClass, UnvoteScope.ANY);
            case ConvictionVotingCall.RemoveOtherVote(var address, var pollClass, var index) -> {
                AccountId target = lookup(address);
                removeVote(ext, target, index, Optional.of(pollClass),
                        target.equals(who) ? UnvoteScope.ANY : UnvoteScope.ONLY_EXPIRED);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private void vote(Externalities ext, AccountId who, long poll, AccountVote vote) throws DispatchException {
        ensure(vote.balance().compareTo(currency.totalBalance(ext, who)) <= 0,
                ConvictionVotingError.INSUFFICIENT_FUNDS);
        polls.tryAccessPoll(ext, poll, status -> {
            PollStatus.Ongoing<Tally> ongoing = ensureOngoing(status);
            int pollClass = ongoing.pollClass();
            Voting voting = votingFor.get(ext, who, pollClass);
            if (!(voting instanceof Voting.Casting(var votes, var delegations, var prior))) {
                throw new DispatchException(ConvictionVotingError.ALREADY_DELEGATING);
            }
            List<Cast> cast = new ArrayList<>(votes);
            SortedSearch.Place place = SortedSearch.find(votes, poll, Cast::poll);
            Tally tally = ongoing.tally();
            if (place.isFound()) {
                AccountVote before = votes.get(place.index()).vote();
                tally = withoutDelegations(tally.minus(before), before, delegations);
                cast.set(place.index(), new Cast(poll, vote));
            } else {
                ensure(votes.size() < config.votesMax, ConvictionVotingError.MAX_VOTES_REACHED);
                cast.add(place.index(), new Cast(poll, vote));
            }
            tally = tally.plus(vote);
            Optional<Boolean> side = vote.asStandard();
            ongoing.count(side.isPresent() ? tally.increased(side.get(), delegations) : tally);
            extendLock(ext, who, pollClass, vote.balance());
            events.deposit(ext, new ConvictionVotingEvent.Voted(who, vote));
            votingFor.put(ext, who, pollClass, new Voting.Casting(cast, delegations, prior));
            return pollClass;
        });
    }

    private static PollStatus.Ongoing<Tally> ensureOngoing(PollStatus<Tally> status) throws DispatchException {
        if (status instanceof PollStatus.Ongoing<Tally> ongoing) {
            return ongoing;
        }
        throw new DispatchException(ConvictionVotingError.NOT_ONGOING);
    }

    private static Tally withoutDelegations(Tally tally, AccountVote vote, Delegations delegations) {
        Optional<Boolean> side = vote.asStandard();
        return side.isPresent() ? tally.reduced(side.get(), delegations) : tally;
    }

    private void removeVote(Externalities ext, AccountId who, long poll, Optional<Integer> hint, UnvoteScope scope)
            throws DispatchException {
        int pollClass = hint.or(() -> polls.asOngoing(ext, poll).map(PollStatus.Ongoing::pollClass))
                .orElseThrow(() -> new DispatchException(ConvictionVotingError.CLASS_NEEDED));
        Voting voting = votingFor.get(ext, who, pollClass);
        if (voting instanceof Voting.Casting(var votes, var delegations, var prior)) {
            SortedSearch.Place place = SortedSearch.find(votes, poll, Cast::poll);
            ensure(place.isFound(), ConvictionVotingError.NOT_VOTER);
            List<Cast> left = new ArrayList<>(votes);
            AccountVote vote = left.remove(place.index()).vote();
            PriorLock lock = polls.tryAccessPoll(ext, poll, status -> switch (status) {
                case PollStatus.Ongoing<Tally> ongoing -> {
                    ensure(scope == UnvoteScope.ANY, ConvictionVotingError.NO_PERMISSION);
                    ongoing.count(withoutDelegations(ongoing.tally().minus(vote), vote, delegations));
                    events.deposit(ext, new ConvictionVotingEvent.VoteRemoved(who, vote));
                    yield prior;
                }
                case PollStatus.Completed<Tally>(var end, var isApproved) ->
                    lockedAfter(ext, prior, vote, end, isApproved, scope);
                case PollStatus.None<Tally> _ -> prior;
            });
            voting = new Voting.Casting(left, delegations, lock);
        }
        votingFor.put(ext, who, pollClass, voting);
    }

    /** The earlier locks and that of a vote for the side that won, which only the voter may turn into one of them. */
    private PriorLock lockedAfter(Externalities ext, PriorLock prior, AccountVote vote, long end, boolean isApproved,
            UnvoteScope scope) throws DispatchException {
        Optional<AccountVote.Bond> lock = vote.lockedIf(isApproved);
        if (lock.isEmpty()) {
            return prior;
        }
        long unlockAt = after(end, lock.get().periods());
        if (block.blockNumber(ext) >= unlockAt) {
            return prior;
        }
        ensure(scope == UnvoteScope.ANY, ConvictionVotingError.NO_PERMISSION_YET);
        return prior.accumulated(unlockAt, lock.get().balance());
    }

    private long after(long start, long periods) {
        return DispatchTime.saturating(start + DispatchTime.saturating(config.lockingPeriod * periods));
    }

    /** @return in how many polls the target votes */
    private long delegate(Externalities ext, AccountId who, int pollClass, AccountId target, Conviction conviction,
            U128 balance) throws DispatchException {
        ensure(!who.equals(target), ConvictionVotingError.NONSENSE);
        ensure(polls.classes().contains(pollClass), ConvictionVotingError.BAD_CLASS);
        ensure(balance.compareTo(currency.totalBalance(ext, who)) <= 0, ConvictionVotingError.INSUFFICIENT_FUNDS);
        if (!(votingFor.get(ext, who, pollClass) instanceof Voting.Casting(var cast, var delegations, var prior))) {
            throw new DispatchException(ConvictionVotingError.ALREADY_DELEGATING);
        }
        ensure(cast.isEmpty(), ConvictionVotingError.ALREADY_VOTING);
        long votes = changeUpstream(ext, target, pollClass, conviction.votes(balance), true);
        extendLock(ext, who, pollClass, balance);
        votingFor.put(ext, who, pollClass, new Voting.Delegating(balance, target, conviction, delegations, prior));
        events.deposit(ext, new ConvictionVotingEvent.Delegated(who, target));
        return votes;
    }

    /** @return in how many polls the target votes */
    private long undelegate(Externalities ext, AccountId who, int pollClass) throws DispatchException {
        if (!(votingFor.get(ext, who,
                pollClass) instanceof Voting.Delegating(var balance, var target, var conviction, var delegations, var prior))) {
            throw new DispatchException(ConvictionVotingError.NOT_DELEGATING);
        }
        long votes = changeUpstream(ext, target, pollClass, conviction.votes(balance), false);
        long unlockAt = after(block.blockNumber(ext), conviction.lockPeriods());
        votingFor.put(ext, who, pollClass,
                new Voting.Casting(List.of(), delegations, prior.accumulated(unlockAt, balance)));
        events.deposit(ext, new ConvictionVotingEvent.Undelegated(who));
        return votes;
    }

    /** Gives votes to an account that others leave theirs to, or takes them, also where it has voted with them. */
    private long changeUpstream(Externalities ext, AccountId target, int pollClass, Delegations by, boolean isMore)
            throws DispatchException {
        Voting voting = votingFor.get(ext, target, pollClass);
        Delegations delegations = isMore ? voting.delegations().saturatingPlus(by)
                : voting.delegations().saturatingMinus(by);
        long votes = 1;
        if (voting instanceof Voting.Casting(var casts, _, _)) {
            votes = casts.size();
            for (Cast cast : casts) {
                if (cast.vote() instanceof AccountVote.Standard(var vote, _)) {
                    changeTally(ext, cast.poll(), vote.isAye(), by, isMore);
                }
            }
        }
        votingFor.put(ext, target, pollClass, voting.withDelegations(delegations));
        return votes;
    }

    private void changeTally(Externalities ext, long poll, boolean isAye, Delegations by, boolean isMore)
            throws DispatchException {
        polls.tryAccessPoll(ext, poll, status -> {
            if (status instanceof PollStatus.Ongoing<Tally> ongoing) {
                ongoing.count(isMore ? ongoing.tally().increased(isAye, by) : ongoing.tally().reduced(isAye, by));
            }
            return isMore;
        });
    }

    /** Locks at least so much: other votes may need more. */
    private void extendLock(Externalities ext, AccountId who, int pollClass, U128 amount) throws DispatchException {
        List<ClassLock> changed = new ArrayList<>(classLocksFor.get(ext, who));
        int i = 0;
        while (i < changed.size() && changed.get(i).pollClass() != pollClass) {
            i++;
        }
        if (i < changed.size()) {
            changed.set(i, new ClassLock(pollClass, changed.get(i).amount().max(amount)));
        } else if (changed.size() < polls.classes().size()) {
            changed.add(new ClassLock(pollClass, amount));
        }
        classLocksFor.put(ext, who, changed);
        locks.extendLock(ext, LOCK, who, amount, REASONS);
    }

    /** Locks what is still needed, which is never more than before. */
    private void updateLock(Externalities ext, int pollClass, AccountId who) throws DispatchException {
        Voting voting = votingFor.get(ext, who, pollClass);
        voting = voting.withCommon(voting.delegations(), voting.prior().at(block.blockNumber(ext)));
        votingFor.put(ext, who, pollClass, voting);
        U128 needed = voting.lockedBalance();
        List<ClassLock> changed = new ArrayList<>();
        for (ClassLock lock : classLocksFor.get(ext, who)) {
            if (lock.pollClass() != pollClass) {
                changed.add(lock);
            }
        }
        if (!needed.isZero() && changed.size() < polls.classes().size()) {
            changed.add(new ClassLock(pollClass, needed));
        }
        classLocksFor.put(ext, who, changed);
        U128 most = U128.ZERO;
        for (ClassLock lock : changed) {
            most = most.max(lock.amount());
        }
        if (most.isZero()) {
            locks.removeLock(ext, LOCK, who);
        } else {
            locks.setLock(ext, LOCK, who, most, REASONS);
        }
    }
}
