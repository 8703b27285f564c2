package io.vilokanam.pallets.elections;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.AccountLookup;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.LockableCurrency;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.frame.fungible.OnUnbalanced;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.members.ChangeMembers;
import io.vilokanam.frame.members.InitializeMembers;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.pallets.elections.phragmen.Phragmen;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * Members of a body who are elected term by term, by sequential {@link Phragmen} ({@code pallet_elections_phragmen}). Voters
 * lock their stake; candidates reserve a bond that they lose with the election.
 */
public final class Elections implements Pallet<ElectionsCall> {

    /**
     * What a runtime decides.
     *
     * @param lockId eight bytes that name the locks on stakes
     * @param termDuration so many blocks lie between two elections
     */
    public record Config(Bytes lockId, U128 candidacyBond, U128 votingBondBase, U128 votingBondFactor,
            int desiredMembers, int desiredRunnersUp, long termDuration, int maxCandidates, int maxVoters,
            int maxVotesPerVoter) {}

    /** Members from the beginning, and their stakes. */
    public record Genesis(List<Map.Entry<AccountId, U128>> members) {}

    public enum Error implements PalletError {
        UNABLE_TO_VOTE, NO_VOTES, TOO_MANY_VOTES, MAXIMUM_VOTES_EXCEEDED, LOW_BALANCE, UNABLE_TO_PAY_BOND, MUST_BE_VOTER, DUPLICATED_CANDIDATE, TOO_MANY_CANDIDATES, MEMBER_SUBMIT, RUNNER_UP_SUBMIT, INSUFFICIENT_CANDIDATE_FUNDS, NOT_MEMBER, INVALID_WITNESS_DATA, INVALID_VOTE_COUNT, INVALID_RENOUNCING, INVALID_REPLACEMENT
    }

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "UnableToVote", Error.UNABLE_TO_VOTE, "There is nobody to vote for.")
            .with(1, "NoVotes", Error.NO_VOTES, "At least one vote is needed.")
            .with(2, "TooManyVotes", Error.TOO_MANY_VOTES, "There are fewer candidates than votes.")
            .with(3, "MaximumVotesExceeded", Error.MAXIMUM_VOTES_EXCEEDED, "A voter may not have so many votes.")
            .with(4, "LowBalance", Error.LOW_BALANCE, "The stake must be more than the existential deposit.")
            .with(5, "UnableToPayBond", Error.UNABLE_TO_PAY_BOND, "The voter cannot reserve its bond.")
            .with(6, "MustBeVoter", Error.MUST_BE_VOTER, "The account is no voter.")
            .with(7, "DuplicatedCandidate", Error.DUPLICATED_CANDIDATE, "The account is a candidate already.")
            .with(8, "TooManyCandidates", Error.TOO_MANY_CANDIDATES, "There are too many candidates.")
            .with(9, "MemberSubmit", Error.MEMBER_SUBMIT, "Members run again without being candidates.")
            .with(10, "RunnerUpSubmit", Error.RUNNER_UP_SUBMIT, "Those who come next run again by themselves.")
            .with(11, "InsufficientCandidateFunds", Error.INSUFFICIENT_CANDIDATE_FUNDS,
                    "The candidate cannot reserve its bond.")
            .with(12, "NotMember", Error.NOT_MEMBER, "The account is no member.")
            .with(13, "InvalidWitnessData", Error.INVALID_WITNESS_DATA, "There are more candidates than was said.")
            .with(14, "InvalidVoteCount", Error.INVALID_VOTE_COUNT, "There are other votes than was said.")
            .with(15, "InvalidRenouncing", Error.INVALID_RENOUNCING, "The account is not what it steps down from.")
            .with(16, "InvalidReplacement", Error.INVALID_REPLACEMENT,
                    "Whether somebody comes next is not as was said.")
            .complete();

    private static final int STORAGE_VERSION = 4;

    private final Config config;
    private final Fungible currency;
    private final ReservableCurrency reserves;
    private final LockableCurrency locks;
    private final InitializeMembers initialised;
    private final Seats seats;
    private final StorageMap<AccountId, Voter> voting;
    private final EventSink<ElectionsEvent> events;

    /** What the pallet needs of the currency, and who gets what losers lose. */
    public record Money(Fungible currency, ReservableCurrency reserves, LockableCurrency locks, OnUnbalanced losses) {}

    /**
     * @param initialised is given the members of genesis
     * @param changed is told of the members that elections bring
     */
    public Elections(PalletScope scope, Config config, Money money, InitializeMembers initialised,
            ChangeMembers changed) {
        this.config = config;
        this.currency = money.currency;
        this.reserves = money.reserves;
        this.locks = money.locks;
        this.initialised = initialised;
        scope.storageVersion(STORAGE_VERSION);
        Seats.Items items = Seats.Items.declare(scope);
        this.voting = scope.map("Voting", Hasher.TWOX_64_CONCAT, AccountId.CODEC, Voter.CODEC, Voter.NONE,
                "Who votes for whom, and with what stake.");
        scope.calls(ElectionsCall.TABLE, "pallet_elections_phragmen::pallet::Call", "T");
        this.events = scope.events(ElectionsEvent.TABLE, "pallet_elections_phragmen::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_elections_phragmen::pallet::Error", "T");
        declareConstants(scope);
        this.seats = new Seats(config, items, voting, currency, reserves, money.losses, changed, events);
    }

    private void declareConstants(PalletScope scope) {
        scope.constant("PalletId", Codecs.fixedBytes(8), config.lockId, "The name of the locks on stakes.");
        scope.constant("CandidacyBond", Codecs.U128, config.candidacyBond, "What a candidate reserves.");
        scope.constant("VotingBondBase", Codecs.U128, config.votingBondBase, "What a voter reserves.");
        scope.constant("VotingBondFactor", Codecs.U128, config.votingBondFactor, "What it reserves more a vote.");
        scope.constant("DesiredMembers", Codecs.U32, (long) config.desiredMembers, "So many seats there are.");
        scope.constant("DesiredRunnersUp", Codecs.U32, (long) config.desiredRunnersUp,
                "So many may come next.");
        scope.constant("TermDuration", Codecs.U32, config.termDuration, "How many blocks a term has.");
        scope.constant("MaxCandidates", Codecs.U32, (long) config.maxCandidates, "The most candidates.");
        scope.constant("MaxVoters", Codecs.U32, (long) config.maxVoters,
                "With more voters than these no election is held.");
        scope.constant("MaxVotesPerVoter", Codecs.U32, (long) config.maxVotesPerVoter, "The most votes of a voter.");
    }

    public void build(Externalities ext, Genesis genesis) {
        if (genesis.members.size() > config.desiredMembers) {
            throw new RuntimePanic("Cannot accept more than DesiredMembers genesis member");
        }
        for (Map.Entry<AccountId, U128> member : genesis.members) {
            if (currency.balance(ext, member.getKey()).isLessThan(member.getValue())) {
                throw new RuntimePanic("Genesis member does not have enough stake.");
            }
            List<SeatHolder> seated = new ArrayList<>(seats.members.get(ext));
            int place = Seats.placeOf(Seats.ids(seated), member.getKey());
            if (place >= 0) {
                throw new RuntimePanic("Duplicate member in elections-phragmen genesis: " + member.getKey());
            }
            seated.add(-place - 1, new SeatHolder(member.getKey(), member.getValue(), U128.ZERO));
            seats.members.put(ext, seated);
            voting.put(ext, member.getKey(), new Voter(List.of(member.getKey()), member.getValue(), U128.ZERO));
        }
        initialised.initialize(ext, genesis.members.stream().map(Map.Entry::getKey).toList());
    }

    @Override
    public Weight weigh(ElectionsCall call) {
        return switch (call) {
            case ElectionsCall.Vote(var votes, _) -> ElectionsWeights.vote(votes.size());
            case ElectionsCall.RemoveVoter() -> ElectionsWeights.REMOVE_VOTER;
            case ElectionsCall.SubmitCandidacy(long count) -> ElectionsWeights.submitCandidacy(count);
            case ElectionsCall.RenounceCandidacy(var renouncing) -> switch (renouncing) {
                case Renouncing.Candidate(long count) -> ElectionsWeights.renounceCandidate(count);
                case Renouncing.Member() -> ElectionsWeights.RENOUNCE_MEMBER;
                case Renouncing.RunnerUp() -> ElectionsWeights.RENOUNCE_RUNNER_UP;
            };
            case ElectionsCall.RemoveMember(_, _, boolean rerun) ->
                rerun ? ElectionsWeights.REMOVE_MEMBER_WITHOUT_REPLACEMENT
                        : ElectionsWeights.REMOVE_MEMBER_WITH_REPLACEMENT;
            case ElectionsCall.CleanDefunctVoters(long voters, long defunct) ->
                ElectionsWeights.cleanDefunctVoters(voters, defunct);
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, ElectionsCall call) throws DispatchException {
        switch (call) {
            case ElectionsCall.Vote(var votes, var value) -> vote(ext, origin.ensureSigned(), votes, value);
            case ElectionsCall.RemoveVoter() -> {
                AccountId who = origin.ensureSigned();
                DispatchException.ensure(voting.contains(ext, who), Error.MUST_BE_VOTER);
                removeVoter(ext, who);
            }
            case ElectionsCall.SubmitCandidacy(long count) -> submitCandidacy(ext, origin.ensureSigned(), count);
            case ElectionsCall.RenounceCandidacy(var renouncing) -> renounce(ext, origin.ensureSigned(), renouncing);
            case ElectionsCall.RemoveMember(var who, boolean slash, boolean rerun) -> {
                origin.ensureRoot();
                removeMember(ext, AccountLookup.lookup(who), slash, rerun);
            }
            case ElectionsCall.CleanDefunctVoters(long voters, long defunct) -> {
                origin.ensureRoot();
                cleanDefunctVoters(ext, voters, defunct);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        return number % config.termDuration == 0 ? seats.elect(ext) : Weight.ZERO;
    }

    private void vote(Externalities ext, AccountId who, List<AccountId> votes, U128 value) throws DispatchException {
        DispatchException.ensure(votes.size() <= config.maxVotesPerVoter, Error.MAXIMUM_VOTES_EXCEEDED);
        DispatchException.ensure(!votes.isEmpty(), Error.NO_VOTES);
        long allowed = seats.candidates.decodeLength(ext).orElse(0L) + seats.members.decodeLength(ext).orElse(0L)
                + seats.runnersUp.decodeLength(ext).orElse(0L);
        DispatchException.ensure(allowed > 0, Error.UNABLE_TO_VOTE);
        DispatchException.ensure(votes.size() <= allowed, Error.TOO_MANY_VOTES);
        DispatchException.ensure(value.isMoreThan(currency.minimumBalance()), Error.LOW_BALANCE);
        U128 before = voting.get(ext, who).deposit();
        U128 deposit = config.votingBondBase
                .saturatingPlus(config.votingBondFactor.saturatingTimes(U128.of(votes.size())));
        if (deposit.isMoreThan(before)) {
            reserve(ext, who, deposit.minus(before), Error.UNABLE_TO_PAY_BOND);
        } else if (deposit.isLessThan(before)) {
            reserves.unreserve(ext, who, before.minus(deposit));
        }
        U128 stake = value.min(currency.balance(ext, who));
        locks.setLock(ext, config.lockId, who, stake, EnumSet.allOf(WithdrawReason.class));
        voting.put(ext, who, new Voter(votes, stake, deposit));
    }

    private void reserve(Externalities ext, AccountId who, U128 amount, Error error) throws DispatchException {
        try {
            reserves.reserve(ext, who, amount);
        } catch (DispatchException cannot) {
            throw new DispatchException(error);
        }
    }

    private void removeVoter(Externalities ext, AccountId who) throws DispatchException {
        U128 deposit = voting.take(ext, who).deposit();
        locks.removeLock(ext, config.lockId, who);
        reserves.unreserve(ext, who, deposit);
    }

    /** One more than the most candidates may run: the reference compares so. */
    private void submitCandidacy(Externalities ext, AccountId who, long count) throws DispatchException {
        long actual = seats.candidates.decodeLength(ext).orElse(0L);
        DispatchException.ensure(actual <= count, Error.INVALID_WITNESS_DATA);
        DispatchException.ensure(actual <= config.maxCandidates, Error.TOO_MANY_CANDIDATES);
        int place = Seats.placeOf(seats.candidateIds(ext), who);
        DispatchException.ensure(place < 0, Error.DUPLICATED_CANDIDATE);
        DispatchException.ensure(!seats.isMember(ext, who), Error.MEMBER_SUBMIT);
        DispatchException.ensure(!seats.isRunnerUp(ext, who), Error.RUNNER_UP_SUBMIT);
        reserve(ext, who, config.candidacyBond, Error.INSUFFICIENT_CANDIDATE_FUNDS);
        List<Map.Entry<AccountId, U128>> running = new ArrayList<>(seats.candidates.get(ext));
        running.add(-place - 1, Map.entry(who, config.candidacyBond));
        seats.candidates.put(ext, running);
    }

    private void renounce(Externalities ext, AccountId who, Renouncing renouncing) throws DispatchException {
        switch (renouncing) {
            case Renouncing.Member() -> {
                DispatchException.ensure(seats.isMember(ext, who), Error.INVALID_RENOUNCING);
                seats.vacate(ext, who, false);
            }
            case Renouncing.RunnerUp() -> {
                List<SeatHolder> waiting = new ArrayList<>(seats.runnersUp.get(ext));
                int place = Seats.ids(waiting).indexOf(who);
                DispatchException.ensure(place >= 0, Error.INVALID_RENOUNCING);
                reserves.unreserve(ext, who, waiting.remove(place).deposit());
                seats.runnersUp.put(ext, waiting);
            }
            case Renouncing.Candidate(long count) -> {
                List<Map.Entry<AccountId, U128>> running = new ArrayList<>(seats.candidates.get(ext));
                DispatchException.ensure(count >= running.size(), Error.INVALID_WITNESS_DATA);
                int place = Seats.placeOf(seats.candidateIds(ext), who);
                DispatchException.ensure(place >= 0, Error.INVALID_RENOUNCING);
                reserves.unreserve(ext, who, running.remove(place).getValue());
                seats.candidates.put(ext, running);
            }
        }
        events.deposit(ext, new ElectionsEvent.Renounced(who));
    }

    private void removeMember(Externalities ext, AccountId who, boolean slash, boolean rerun)
            throws DispatchException {
        seats.vacate(ext, who, slash);
        events.deposit(ext, new ElectionsEvent.MemberKicked(who));
        if (rerun) {
            seats.elect(ext);
        }
    }

    private void cleanDefunctVoters(Externalities ext, long voters, long defunct) throws DispatchException {
        long looked = 0;
        long removed = 0;
        for (var entry : voting.entries(ext)) {
            if (looked >= voters || removed >= defunct) {
                return;
            }
            looked++;
            if (isDefunct(ext, entry.value())) {
                removed++;
                removeVoter(ext, entry.key());
            }
        }
    }

    private boolean isDefunct(Externalities ext, Voter voter) {
        return voter.votes().stream().noneMatch(each -> seats.isMember(ext, each) || seats.isRunnerUp(ext, each)
                || Seats.placeOf(seats.candidateIds(ext), each) >= 0);
    }

    /** Who runs in the next election, sorted. */
    public List<AccountId> candidates(Externalities ext) {
        return seats.candidateIds(ext);
    }

    /** Whom the last election brought in, sorted. */
    public List<AccountId> members(Externalities ext) {
        return Seats.ids(seats.members.get(ext));
    }

    /** Who takes the next seat that is vacant: the last one first. */
    public List<AccountId> runnersUp(Externalities ext) {
        return Seats.ids(seats.runnersUp.get(ext));
    }
}
