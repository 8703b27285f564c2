package io.vilokanam.pallets.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Attempt;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;

/** What is proposed in a collective, from the proposal to its end. */
final class Motions {

    private static final long U32_MAX = 0xffff_ffffL;

    private final Collective.Config config;
    private final RuntimeCalls runtime;
    private final int pallet;
    private final CurrentBlock block;
    private final StorageValue<List<Hash>> proposals;
    private final StorageMap<Hash, RuntimeCall> proposalOf;
    private final StorageMap<Hash, Votes> voting;
    private final StorageValue<Long> proposalCount;
    private final EventSink<CollectiveEvent> events;

    Motions(Collective.Config config, RuntimeCalls runtime, int pallet, CurrentBlock block,
            StorageValue<List<Hash>> proposals, StorageMap<Hash, RuntimeCall> proposalOf,
            StorageMap<Hash, Votes> voting,
            StorageValue<Long> proposalCount, EventSink<CollectiveEvent> events) {
        this.config = config;
        this.runtime = runtime;
        this.pallet = pallet;
        this.block = block;
        this.proposals = proposals;
        this.proposalOf = proposalOf;
        this.voting = voting;
        this.proposalCount = proposalCount;
        this.events = events;
    }

    /** What a call within the call weighed with the rest, if it said what it weighed; as announced if not. */
    static PostDispatchInfo post(Attempt attempt, Weight own) {
        return new PostDispatchInfo(attempt.post().actualWeight().map(own::plus), Pays.YES);
    }

    PostDispatchInfo propose(Externalities ext, AccountId who, int seats, long threshold, RuntimeCall proposal,
            long lengthBound) throws DispatchException {
        byte[] encoded = runtime.codec().encode(proposal);
        DispatchException.ensure(encoded.length <= lengthBound, Collective.Error.WRONG_PROPOSAL_LENGTH);
        DispatchException.ensure(!runtime.weight(proposal).anyAbove(config.maxProposalWeight()),
                Collective.Error.WRONG_PROPOSAL_WEIGHT);
        Hash hash = Hash.wrap(ext.blake2b256(encoded));
        DispatchException.ensure(!proposalOf.contains(ext, hash), Collective.Error.DUPLICATE_PROPOSAL);
        if (threshold < 2) {
            Attempt attempt = execute(ext, 1, seats, hash, proposal);
            return post(attempt, CollectiveWeights.proposeExecute(encoded.length, seats));
        }
        List<Hash> all = new ArrayList<>(proposals.get(ext));
        DispatchException.ensure(all.size() < config.maxProposals(), Collective.Error.TOO_MANY_PROPOSALS);
        all.add(hash);
        proposals.put(ext, all);
        long index = proposalCount.get(ext);
        proposalCount.put(ext, index + 1 & U32_MAX);
        proposalOf.put(ext, hash, proposal);
        long end = block.blockNumber(ext) + config.motionDuration() & U32_MAX;
        voting.put(ext, hash, new Votes(index, threshold, List.of(), List.of(), end));
        events.deposit(ext, new CollectiveEvent.Proposed(who, index, hash, threshold));
        return PostDispatchInfo.weighing(CollectiveWeights.proposeProposed(encoded.length, seats, all.size()));
    }

    private Attempt execute(Externalities ext, long yes, long seats, Hash hash, RuntimeCall proposal) {
        Attempt attempt = runtime.attempt(ext, new Origin.OfPallet(pallet, new CollectiveOrigin.Members(yes, seats)),
                proposal);
        events.deposit(ext, new CollectiveEvent.Executed(hash, attempt.outcome()));
        return attempt;
    }

    /** A member's first vote on a proposal costs no fee. */
    PostDispatchInfo vote(Externalities ext, AccountId who, int seats, Hash proposal, long index, boolean approve)
            throws DispatchException {
        Votes votes = find(ext, proposal, index);
        List<AccountId> chosen = new ArrayList<>(approve ? votes.ayes() : votes.nays());
        List<AccountId> other = new ArrayList<>(approve ? votes.nays() : votes.ayes());
        DispatchException.ensure(!chosen.contains(who), Collective.Error.DUPLICATE_VOTE);
        int before = other.indexOf(who);
        chosen.add(who);
        if (before >= 0) { // the last one takes the place of the one that goes, as Vec::swap_remove does
            AccountId last = other.removeLast();
            if (before < other.size()) {
                other.set(before, last);
            }
        }
        Votes after = new Votes(votes.index(), votes.threshold(), approve ? chosen : other, approve ? other : chosen,
                votes.end());
        events.deposit(ext, new CollectiveEvent.Voted(who, proposal, approve, after.ayes().size(),
                after.nays().size()));
        voting.put(ext, proposal, after);
        return new PostDispatchInfo(Optional.of(CollectiveWeights.vote(seats)), before < 0 ? Pays.NO : Pays.YES);
    }

    private Votes find(Externalities ext, Hash proposal, long index) throws DispatchException {
        Votes votes = voting.find(ext, proposal)
                .orElseThrow(() -> new DispatchException(Collective.Error.PROPOSAL_MISSING));
        DispatchException.ensure(votes.index() == index, Collective.Error.WRONG_INDEX);
        return votes;
    }

    PostDispatchInfo close(Externalities ext, int seats, Optional<AccountId> prime, Hash hash, long index,
            Weight weightBound, long lengthBound) throws DispatchException {
        Votes votes = find(ext, hash, index);
        long yes = votes.ayes().size();
        long no = votes.nays().size();
        if (yes >= votes.threshold()) {
            return approve(ext, seats, hash, yes, no, weightBound, lengthBound, true);
        }
        if (Math.max(0, seats - no) < votes.threshold()) {
            return disapprove(ext, seats, hash, yes, no, true);
        }
        DispatchException.ensure(block.blockNumber(ext) >= votes.end(), Collective.Error.TOO_EARLY);
        boolean byPrime = prime.filter(votes.ayes()::contains).isPresent();
        boolean byDefault = byPrime || !config.primeAlone() && 2 * yes > seats;
        long abstentions = seats - (yes + no) & U32_MAX;
        long allYes = byDefault ? yes + abstentions & U32_MAX : yes;
        long allNo = byDefault ? no : no + abstentions & U32_MAX;
        return allYes >= votes.threshold() ? approve(ext, seats, hash, allYes, allNo, weightBound, lengthBound, false)
                : disapprove(ext, seats, hash, allYes, allNo, false);
    }

    private PostDispatchInfo approve(Externalities ext, int seats, Hash hash, long yes, long no, Weight weightBound,
            long lengthBound, boolean isEarly) throws DispatchException {
        int length = ext.get(proposalOf.keyOf(hash))
                .orElseThrow(() -> new DispatchException(Collective.Error.PROPOSAL_MISSING)).length;
        DispatchException.ensure(length <= lengthBound, Collective.Error.WRONG_PROPOSAL_LENGTH);
        RuntimeCall proposal = proposalOf.find(ext, hash)
                .orElseThrow(() -> new DispatchException(Collective.Error.PROPOSAL_MISSING));
        DispatchInfo info = runtime.dispatchInfo(proposal);
        DispatchException.ensure(!info.callWeight().anyAbove(weightBound), Collective.Error.WRONG_PROPOSAL_WEIGHT);
        events.deposit(ext, new CollectiveEvent.Closed(hash, yes, no));
        events.deposit(ext, new CollectiveEvent.Approved(hash));
        Weight weight = execute(ext, yes, seats, hash, proposal).post().actualWeight().orElse(info.callWeight());
        long count = remove(ext, hash);
        Weight own = isEarly ? CollectiveWeights.closeEarlyApproved(length, seats, count)
                : CollectiveWeights.closeApproved(length, seats, count);
        return PostDispatchInfo.weighing(own.plus(weight));
    }

    private PostDispatchInfo disapprove(Externalities ext, int seats, Hash hash, long yes, long no, boolean isEarly) {
        events.deposit(ext, new CollectiveEvent.Closed(hash, yes, no));
        long count = disapprove(ext, hash);
        Weight own = isEarly ? CollectiveWeights.closeEarlyDisapproved(seats, count)
                : CollectiveWeights.closeDisapproved(seats, count);
        return new PostDispatchInfo(Optional.of(own), Pays.NO);
    }

    /** @return how many proposals there were, as {@link #remove} says */
    long disapprove(Externalities ext, Hash hash) {
        events.deposit(ext, new CollectiveEvent.Disapproved(hash));
        return remove(ext, hash);
    }

    /** @return how many proposals there were: one more than are left, whether or not there was this one */
    long remove(Externalities ext, Hash hash) {
        proposalOf.remove(ext, hash);
        voting.remove(ext, hash);
        List<Hash> left = proposals.get(ext).stream().filter(each -> !each.equals(hash)).toList();
        proposals.put(ext, left);
        return left.size() + 1L;
    }

    boolean isActive(Externalities ext, Hash hash) {
        return proposalOf.find(ext, hash).isPresent();
    }

    /** Takes back the votes of those who leave. */
    void forget(Externalities ext, Set<AccountId> outgoing) {
        for (Hash hash : proposals.get(ext)) {
            voting.find(ext, hash).ifPresent(votes -> voting.put(ext, hash, votes.without(outgoing::contains)));
        }
    }

    List<Map.Entry<Hash, Long>> active(Externalities ext) {
        List<Map.Entry<Hash, Long>> active = new ArrayList<>();
        for (Hash hash : proposals.get(ext)) {
            voting.find(ext, hash).ifPresent(votes -> active.add(Map.entry(hash, votes.index())));
        }
        return active;
    }
}
