package io.vilokanam.pallets.collective;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The calls of a collective. */
public sealed interface CollectiveCall {

    record SetMembers(List<AccountId> newMembers, Optional<AccountId> prime, long oldCount) implements CollectiveCall {}

    record Execute(RuntimeCall proposal, long lengthBound) implements CollectiveCall {}

    record Propose(long threshold, RuntimeCall proposal, long lengthBound) implements CollectiveCall {}

    record Vote(Hash proposal, long index, boolean approve) implements CollectiveCall {}

    record DisapproveProposal(Hash proposalHash) implements CollectiveCall {}

    record Close(Hash proposalHash, long index, Weight proposalWeightBound, long lengthBound)
            implements CollectiveCall {}

    record Kill(Hash proposalHash) implements CollectiveCall {}

    record ReleaseProposalCost(Hash proposalHash) implements CollectiveCall {}

    /** @param call how calls within calls stand on the wire */
    static Variants<CollectiveCall> table(Codec<RuntimeCall> call) {
        String proposal = "Box<<T as Config<I>>::Proposal>";
        return Variants.of(CollectiveCall.class)
                .with(0, "set_members", SetMembers.class,
                        struct(SetMembers::new,
                                field("new_members", "Vec<T::AccountId>", Codecs.vec(AccountId.CODEC),
                                        SetMembers::newMembers),
                                field("prime", "Option<T::AccountId>", Codecs.option(AccountId.CODEC),
                                        SetMembers::prime),
                                field("old_count", "MemberCount", Codecs.U32, SetMembers::oldCount)),
                        "Seat other members, and one of them as prime or none.")
                .with(1, "execute", Execute.class,
                        struct(Execute::new, field("proposal", proposal, call, Execute::proposal),
                                field("length_bound", "u32", Codecs.COMPACT_U32, Execute::lengthBound)),
                        "Make a call as a single member.")
                .with(2, "propose", Propose.class,
                        struct(Propose::new, field("threshold", "MemberCount", Codecs.COMPACT_U32, Propose::threshold),
                                field("proposal", proposal, call, Propose::proposal),
                                field("length_bound", "u32", Codecs.COMPACT_U32, Propose::lengthBound)),
                        "Propose a call that is made once `threshold` members agree; below two it is made at once.")
                .with(3, "vote", Vote.class,
                        struct(Vote::new, field("proposal", "T::Hash", Hash.CODEC, Vote::proposal),
                                field("index", "ProposalIndex", Codecs.COMPACT_U32, Vote::index),
                                field("approve", "bool", Codecs.BOOL, Vote::approve)),
                        "Vote on a proposal; the first vote of a member on it is free.")
                .with(5, "disapprove_proposal", DisapproveProposal.class,
                        struct(DisapproveProposal::new,
                                field("proposal_hash", "T::Hash", Hash.CODEC, DisapproveProposal::proposalHash)),
                        "Drop a proposal, whatever its votes.")
                .with(6, "close", Close.class,
                        struct(Close::new, field("proposal_hash", "T::Hash", Hash.CODEC, Close::proposalHash),
                                field("index", "ProposalIndex", Codecs.COMPACT_U32, Close::index),
                                field("proposal_weight_bound", "Weight", Weight.CODEC, Close::proposalWeightBound),
                                field("length_bound", "u32", Codecs.COMPACT_U32, Close::lengthBound)),
                        "End a vote that is decided, or whose time is over, and make the call if it is approved.")
                .with(7, "kill", Kill.class,
                        struct(Kill::new, field("proposal_hash", "T::Hash", Hash.CODEC, Kill::proposalHash)),
                        "Drop a proposal and burn what it cost its author.")
                .with(8, "release_proposal_cost", ReleaseProposalCost.class,
                        struct(ReleaseProposalCost::new,
                                field("proposal_hash", "T::Hash", Hash.CODEC, ReleaseProposalCost::proposalHash)),
                        "Give back what a proposal that is over cost its author.")
                .complete();
    }
}
