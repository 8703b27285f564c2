package io.vilokanam.pallets.collective;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.Variants;

/** The events of a collective. */
public sealed interface CollectiveEvent {

    record Proposed(AccountId account, long proposalIndex, Hash proposalHash, long threshold)
            implements
            CollectiveEvent {}

    record Voted(AccountId account, Hash proposalHash, boolean voted, long yes, long no) implements CollectiveEvent {}

    record Approved(Hash proposalHash) implements CollectiveEvent {}

    record Disapproved(Hash proposalHash) implements CollectiveEvent {}

    record Executed(Hash proposalHash, Result<Unit, DispatchError> result) implements CollectiveEvent {}

    record MemberExecuted(Hash proposalHash, Result<Unit, DispatchError> result) implements CollectiveEvent {}

    record Closed(Hash proposalHash, long yes, long no) implements CollectiveEvent {}

    record Killed(Hash proposalHash) implements CollectiveEvent {}

    record ProposalCostBurned(Hash proposalHash, AccountId who) implements CollectiveEvent {}

    record ProposalCostReleased(Hash proposalHash, AccountId who) implements CollectiveEvent {}

    Variants<CollectiveEvent> TABLE = Variants.of(CollectiveEvent.class)
            .with(0, "Proposed", Proposed.class,
                    struct(Proposed::new, field("account", "T::AccountId", AccountId.CODEC, Proposed::account),
                            field("proposal_index", "ProposalIndex", Codecs.U32, Proposed::proposalIndex),
                            field("proposal_hash", "T::Hash", Hash.CODEC, Proposed::proposalHash),
                            field("threshold", "MemberCount", Codecs.U32, Proposed::threshold)),
                    "A member proposed a call.")
            .with(1, "Voted", Voted.class,
                    struct(Voted::new, field("account", "T::AccountId", AccountId.CODEC, Voted::account),
                            field("proposal_hash", "T::Hash", Hash.CODEC, Voted::proposalHash),
                            field("voted", "bool", Codecs.BOOL, Voted::voted),
                            field("yes", "MemberCount", Codecs.U32, Voted::yes),
                            field("no", "MemberCount", Codecs.U32, Voted::no)),
                    "A member voted; so many ayes and nays there are now.")
            .with(2, "Approved", Approved.class,
                    struct(Approved::new, field("proposal_hash", "T::Hash", Hash.CODEC, Approved::proposalHash)),
                    "A proposal was approved.")
            .with(3, "Disapproved", Disapproved.class,
                    struct(Disapproved::new, field("proposal_hash", "T::Hash", Hash.CODEC, Disapproved::proposalHash)),
                    "A proposal was not approved.")
            .with(4, "Executed", Executed.class,
                    struct(Executed::new, field("proposal_hash", "T::Hash", Hash.CODEC, Executed::proposalHash),
                            field("result", "DispatchResult", ApplyResult.OUTCOME, Executed::result)),
                    "An approved call was made.")
            .with(5, "MemberExecuted", MemberExecuted.class,
                    struct(MemberExecuted::new,
                            field("proposal_hash", "T::Hash", Hash.CODEC, MemberExecuted::proposalHash),
                            field("result", "DispatchResult", ApplyResult.OUTCOME, MemberExecuted::result)),
                    "A call was made by a single member.")
            .with(6, "Closed", Closed.class,
                    struct(Closed::new, field("proposal_hash", "T::Hash", Hash.CODEC, Closed::proposalHash),
                            field("yes", "MemberCount", Codecs.U32, Closed::yes),
                            field("no", "MemberCount", Codecs.U32, Closed::no)),
                    "A vote ended, with so many ayes and nays.")
            .with(7, "Killed", Killed.class,
                    struct(Killed::new, field("proposal_hash", "T::Hash", Hash.CODEC, Killed::proposalHash)),
                    "A proposal was killed.")
            .with(8, "ProposalCostBurned", ProposalCostBurned.class,
                    struct(ProposalCostBurned::new,
                            field("proposal_hash", "T::Hash", Hash.CODEC, ProposalCostBurned::proposalHash),
                            field("who", "T::AccountId", AccountId.CODEC, ProposalCostBurned::who)),
                    "What a proposal cost was burned.")
            .with(9, "ProposalCostReleased", ProposalCostReleased.class,
                    struct(ProposalCostReleased::new,
                            field("proposal_hash", "T::Hash", Hash.CODEC, ProposalCostReleased::proposalHash),
                            field("who", "T::AccountId", AccountId.CODEC, ProposalCostReleased::who)),
                    "What a proposal cost was given back.")
            .complete();
}
