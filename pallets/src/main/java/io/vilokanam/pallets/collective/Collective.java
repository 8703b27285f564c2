package io.vilokanam.pallets.collective;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Attempt;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.members.ChangeMembers;
import io.vilokanam.frame.members.InitializeMembers;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * A body whose members decide by vote which calls are made in its name ({@code pallet_collective}). The rules of votes are in
 * {@link Motions}. A proposal costs its author nothing here.
 */
public final class Collective implements Pallet<CollectiveCall>, ChangeMembers, InitializeMembers {

    /**
     * What a runtime decides.
     *
     * @param motionDuration so many blocks members have for their votes
     * @param primeAlone whether only the prime's aye counts for those who have not voted; otherwise a majority of ayes too
     * @param setMembers who may seat members
     * @param disapprove who may drop a proposal
     * @param kill who may drop a proposal with what it cost
     */
    public record Config(long motionDuration, int maxProposals, int maxMembers, Weight maxProposalWeight,
            boolean primeAlone, EnsureOrigin setMembers, EnsureOrigin disapprove, EnsureOrigin kill) {}

    /** The first members, in any order. */
    public record Genesis(List<AccountId> members) {}

    public enum Error implements PalletError {
        NOT_MEMBER, DUPLICATE_PROPOSAL, PROPOSAL_MISSING, WRONG_INDEX, DUPLICATE_VOTE, ALREADY_INITIALIZED, TOO_EARLY, TOO_MANY_PROPOSALS, WRONG_PROPOSAL_WEIGHT, WRONG_PROPOSAL_LENGTH, PRIME_ACCOUNT_NOT_MEMBER, PROPOSAL_ACTIVE
    }

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "NotMember", Error.NOT_MEMBER, "The account is no member.")
            .with(1, "DuplicateProposal", Error.DUPLICATE_PROPOSAL, "The same call is proposed already.")
            .with(2, "ProposalMissing", Error.PROPOSAL_MISSING, "There is no such proposal.")
            .with(3, "WrongIndex", Error.WRONG_INDEX, "The proposal has another index.")
            .with(4, "DuplicateVote", Error.DUPLICATE_VOTE, "The member has voted so already.")
            .with(5, "AlreadyInitialized", Error.ALREADY_INITIALIZED, "There are members already.")
            .with(6, "TooEarly", Error.TOO_EARLY, "The vote is not decided, and its time is not over.")
            .with(7, "TooManyProposals", Error.TOO_MANY_PROPOSALS, "There are as many proposals as there may be.")
            .with(8, "WrongProposalWeight", Error.WRONG_PROPOSAL_WEIGHT, "The call weighs more than it may.")
            .with(9, "WrongProposalLength", Error.WRONG_PROPOSAL_LENGTH, "The call is longer than was said.")
            .with(10, "PrimeAccountNotMember", Error.PRIME_ACCOUNT_NOT_MEMBER, "The prime is none of the members.")
            .with(11, "ProposalActive", Error.PROPOSAL_ACTIVE, "The proposal is not over.").complete();

    private static final int STORAGE_VERSION = 4;

    /** Who paid for a proposal, and with what: nothing, as proposals cost nothing. */
    private static final Codec<AccountId> COST = struct((AccountId id, Codecs.Unit _) -> id,
            field(AccountId.CODEC, (AccountId id) -> id), field(Codecs.UNIT, (AccountId _) -> Codecs.Unit.UNIT))
            .tuple();

    private final Config config;
    private final RuntimeCalls runtime;
    private final int index;
    private final Motions motions;
    private final StorageMap<Hash, AccountId> costOf;
    private final StorageValue<List<AccountId>> members;
    private final StorageValue<AccountId> prime;
    private final EventSink<CollectiveEvent> events;

    public Collective(PalletScope scope, Config config, RuntimeCalls runtime, CurrentBlock block) {
        this.config = config;
        this.runtime = runtime;
        this.index = scope.index();
        scope.storageVersion(STORAGE_VERSION);
        StorageValue<List<Hash>> proposals = scope.value("Proposals",
                BoundedVec.codec(Hash.CODEC, config.maxProposals), List.of(), "The hashes of what is proposed.");
        StorageMap<Hash, RuntimeCall> proposalOf = scope.optionalMap("ProposalOf", Hasher.IDENTITY, Hash.CODEC,
                runtime.codec(), "What is proposed, by its hash.");
        this.costOf = scope.optionalMap("CostOf", Hasher.IDENTITY, Hash.CODEC, COST,
                "What a proposal cost its author.");
        StorageMap<Hash, Votes> voting = scope.optionalMap("Voting", Hasher.IDENTITY, Hash.CODEC, Votes.CODEC,
                "The votes on what is proposed.");
        StorageValue<Long> proposalCount = scope.value("ProposalCount", Codecs.U32, 0L,
                "How often something was proposed.");
        this.members = scope.value("Members", Codecs.vec(AccountId.CODEC), List.of(), "The members, sorted.");
        this.prime = scope.optionalValue("Prime", AccountId.CODEC, "Whose vote counts for those who do not vote.");
        scope.calls(CollectiveCall.table(runtime.boxedCodec()), "pallet_collective::pallet::Call", "T", "I");
        this.events = scope.events(CollectiveEvent.TABLE, "pallet_collective::pallet::Event", "T", "I");
        scope.errors(ERRORS, "pallet_collective::pallet::Error", "T", "I");
        scope.constant("MaxProposalWeight", Weight.CODEC, config.maxProposalWeight,
                "The most that a proposed call may weigh.");
        this.motions = new Motions(config, runtime, index, block, proposals, proposalOf, voting, proposalCount, events);
    }

    public void build(Externalities ext, Genesis genesis) {
        if (new TreeSet<>(genesis.members).size() != genesis.members.size()) {
            throw new RuntimePanic("Members cannot contain duplicate accounts.");
        }
        if (genesis.members.size() > config.maxMembers) {
            throw new RuntimePanic("Members length cannot exceed MaxMembers.");
        }
        initialize(ext, genesis.members);
    }

    @Override
    public Weight weigh(CollectiveCall call) {
        return switch (call) {
            case CollectiveCall.SetMembers(_, _, long oldCount) ->
                CollectiveWeights.setMembers(oldCount, config.maxProposals);
            case CollectiveCall.Execute(var proposal, long length) ->
                CollectiveWeights.execute(length, config.maxMembers).plus(runtime.weight(proposal));
            case CollectiveCall.Propose(long threshold, var proposal, long length) -> threshold < 2
                    ? CollectiveWeights.proposeExecute(length, config.maxMembers).plus(runtime.weight(proposal))
                    : CollectiveWeights.proposeProposed(length, config.maxMembers, config.maxProposals);
            case CollectiveCall.Vote _ -> CollectiveWeights.vote(config.maxMembers);
            case CollectiveCall.DisapproveProposal _ -> CollectiveWeights.disapproveProposal(config.maxProposals);
            case CollectiveCall.Close(_, _, var weightBound, long length) -> closeWeight(length).plus(weightBound);
            case CollectiveCall.Kill _ -> CollectiveWeights.kill(1, config.maxProposals);
            case CollectiveCall.ReleaseProposalCost _ -> CollectiveWeights.RELEASE_PROPOSAL_COST;
        };
    }

    private Weight closeWeight(long length) {
        long all = config.maxMembers;
        long proposals = config.maxProposals;
        return CollectiveWeights.closeEarlyApproved(length, all, proposals)
                .max(CollectiveWeights.closeEarlyDisapproved(all, proposals))
                .max(CollectiveWeights.closeApproved(length, all, proposals))
                .max(CollectiveWeights.closeDisapproved(all, proposals));
    }

    @Override
    public DispatchClass dispatchClass(CollectiveCall call) {
        return switch (call) {
            case CollectiveCall.SetMembers _,CollectiveCall.Execute _,CollectiveCall.Propose _,CollectiveCall.Vote _,CollectiveCall.Close _ ->
                DispatchClass.OPERATIONAL;
            case CollectiveCall.DisapproveProposal _,CollectiveCall.Kill _,CollectiveCall.ReleaseProposalCost _ ->
                DispatchClass.NORMAL;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, CollectiveCall call) throws DispatchException {
        return switch (call) {
            case CollectiveCall.SetMembers(var all, var newPrime, _) -> {
                config.setMembers.ensure(ext, origin);
                yield setMembers(ext, all, newPrime);
            }
            case CollectiveCall.Execute(var proposal, long length) ->
                execute(ext, origin.ensureSigned(), proposal, length);
            case CollectiveCall.Propose(long threshold, var proposal, long length) ->
                motions.propose(ext, ensureMember(ext, origin), members.get(ext).size(), threshold, proposal, length);
            case CollectiveCall.Vote(var proposal, long number, boolean approve) ->
                motions.vote(ext, ensureMember(ext, origin), members.get(ext).size(), proposal, number, approve);
            case CollectiveCall.DisapproveProposal(var hash) -> {
                config.disapprove.ensure(ext, origin);
                yield PostDispatchInfo.weighing(CollectiveWeights.disapproveProposal(motions.disapprove(ext, hash)));
            }
            case CollectiveCall.Close(var hash, long number, var weightBound, long length) -> {
                origin.ensureSigned();
                yield motions.close(ext, members.get(ext).size(), prime.find(ext), hash, number, weightBound, length);
            }
            case CollectiveCall.Kill(var hash) -> {
                config.kill.ensure(ext, origin);
                yield kill(ext, hash);
            }
            case CollectiveCall.ReleaseProposalCost(var hash) -> {
                if (!origin.isRoot()) {
                    origin.ensureSigned();
                }
                yield releaseProposalCost(ext, hash);
            }
        };
    }

    private AccountId ensureMember(Externalities ext, Origin origin) throws DispatchException {
        AccountId who = origin.ensureSigned();
        DispatchException.ensure(members.get(ext).contains(who), Error.NOT_MEMBER);
        return who;
    }

    /** Nobody looks whether there are too many, or an account is given twice. */
    private PostDispatchInfo setMembers(Externalities ext, List<AccountId> all, Optional<AccountId> newPrime)
            throws DispatchException {
        List<AccountId> old = members.get(ext);
        DispatchException.ensure(newPrime.isEmpty() || all.contains(newPrime.get()), Error.PRIME_ACCOUNT_NOT_MEMBER);
        setMembersSorted(ext, all.stream().sorted().toList(), old);
        setPrime(ext, newPrime);
        return PostDispatchInfo.weighing(CollectiveWeights.setMembers(old.size(), config.maxProposals));
    }

    private PostDispatchInfo execute(Externalities ext, AccountId who, RuntimeCall proposal, long lengthBound)
            throws DispatchException {
        List<AccountId> all = members.get(ext);
        DispatchException.ensure(all.contains(who), Error.NOT_MEMBER);
        byte[] encoded = runtime.codec().encode(proposal);
        DispatchException.ensure(encoded.length <= lengthBound, Error.WRONG_PROPOSAL_LENGTH);
        Attempt attempt = runtime.attempt(ext, new Origin.OfPallet(index, new CollectiveOrigin.Member(who)), proposal);
        events.deposit(ext, new CollectiveEvent.MemberExecuted(Hash.wrap(ext.blake2b256(encoded)), attempt.outcome()));
        return Motions.post(attempt, CollectiveWeights.execute(encoded.length, all.size()));
    }

    private PostDispatchInfo kill(Externalities ext, Hash hash) throws DispatchException {
        DispatchException.ensure(motions.isActive(ext, hash), Error.PROPOSAL_MISSING);
        Optional<AccountId> cost = costOf.takeIfPresent(ext, hash);
        cost.ifPresent(who -> events.deposit(ext, new CollectiveEvent.ProposalCostBurned(hash, who)));
        long count = motions.remove(ext, hash);
        events.deposit(ext, new CollectiveEvent.Killed(hash));
        return PostDispatchInfo.weighing(CollectiveWeights.kill(cost.isPresent() ? 1 : 0, count));
    }

    private PostDispatchInfo releaseProposalCost(Externalities ext, Hash hash) throws DispatchException {
        DispatchException.ensure(!motions.isActive(ext, hash), Error.PROPOSAL_ACTIVE);
        costOf.takeIfPresent(ext, hash)
                .ifPresent(who -> events.deposit(ext, new CollectiveEvent.ProposalCostReleased(hash, who)));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** Who leaves, leaves no votes behind; who is prime has to be said anew. */
    @Override
    public void changeMembersSorted(Externalities ext, List<AccountId> incoming, List<AccountId> outgoing,
            List<AccountId> all) {
        motions.forget(ext, new TreeSet<>(outgoing));
        members.put(ext, new ArrayList<>(all));
        prime.kill(ext);
    }

    @Override
    public void setPrime(Externalities ext, Optional<AccountId> newPrime) {
        newPrime.ifPresentOrElse(who -> prime.put(ext, who), () -> prime.kill(ext));
    }

    @Override
    public Optional<AccountId> prime(Externalities ext) {
        return prime.find(ext);
    }

    @Override
    public void initialize(Externalities ext, List<AccountId> first) {
        if (first.isEmpty()) {
            return;
        }
        if (!members.get(ext).isEmpty()) {
            throw new RuntimePanic("Members are already initialized!");
        }
        members.put(ext, first.stream().sorted().toList());
    }

    /** The members, sorted. */
    public List<AccountId> members(Externalities ext) {
        return members.get(ext);
    }

    /** What is proposed and not over, with its index. */
    public List<Map.Entry<Hash, Long>> proposals(Externalities ext) {
        return motions.active(ext);
    }
}
