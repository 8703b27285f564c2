package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The calls of Referenda. */
public sealed interface ReferendaCall {

    record Submit(Origin proposalOrigin, Bounded proposal, DispatchTime enactmentMoment) implements ReferendaCall {}

    record PlaceDecisionDeposit(long index) implements ReferendaCall {}

    record RefundDecisionDeposit(long index) implements ReferendaCall {}

    record Cancel(long index) implements ReferendaCall {}

    record Kill(long index) implements ReferendaCall {}

    record NudgeReferendum(long index) implements ReferendaCall {}

    record OneFewerDeciding(int track) implements ReferendaCall {}

    record RefundSubmissionDeposit(long index) implements ReferendaCall {}

    record SetMetadata(long index, Optional<Hash> maybeHash) implements ReferendaCall {}

    String INDEX = "ReferendumIndex";

    static Variants<ReferendaCall> calls(Codec<Bounded> calls, Codec<Origin> origins) {
        return Variants.of(ReferendaCall.class)
                .with(0, "submit", Submit.class,
                        struct(Submit::new,
                                field("proposal_origin", "Box<PalletsOriginOf<T>>", origins, Submit::proposalOrigin),
                                field("proposal", "BoundedCallOf<T, I>", calls, Submit::proposal),
                                field("enactment_moment", "DispatchTime<BlockNumberFor<T, I>>", DispatchTime.CODEC,
                                        Submit::enactmentMoment)),
                        "Propose a call to be made from an origin, which decides the track. A deposit is taken.")
                .with(1, "place_decision_deposit", PlaceDecisionDeposit.class,
                        struct(PlaceDecisionDeposit::new,
                                field("index", INDEX, Codecs.U32, PlaceDecisionDeposit::index)),
                        "Place the deposit without which a referendum is not decided.")
                .with(2, "refund_decision_deposit", RefundDecisionDeposit.class,
                        struct(RefundDecisionDeposit::new,
                                field("index", INDEX, Codecs.U32, RefundDecisionDeposit::index)),
                        "Give the decision deposit of a referendum that is over back.")
                .with(3, "cancel", Cancel.class, struct(Cancel::new, field("index", INDEX, Codecs.U32, Cancel::index)),
                        "End a referendum without a decision; deposits can be taken back.")
                .with(4, "kill", Kill.class, struct(Kill::new, field("index", INDEX, Codecs.U32, Kill::index)),
                        "End a referendum and take its deposits away.")
                .with(5, "nudge_referendum", NudgeReferendum.class,
                        struct(NudgeReferendum::new, field("index", INDEX, Codecs.U32, NudgeReferendum::index)),
                        "Bring a referendum to the state it should be in. Root only: the scheduler does it.")
                .with(6, "one_fewer_deciding", OneFewerDeciding.class,
                        struct(OneFewerDeciding::new,
                                field("track", "TrackIdOf<T, I>", Codecs.U16, OneFewerDeciding::track)),
                        "Let the next referendum of a track be decided. Root only: the scheduler does it.")
                .with(7, "refund_submission_deposit", RefundSubmissionDeposit.class,
                        struct(RefundSubmissionDeposit::new,
                                field("index", INDEX, Codecs.U32, RefundSubmissionDeposit::index)),
                        "Give the submission deposit of an approved or cancelled referendum back.")
                .with(8, "set_metadata", SetMetadata.class,
                        struct(SetMetadata::new, field("index", INDEX, Codecs.U32, SetMetadata::index),
                                field("maybe_hash", "Option<T::Hash>", Codecs.option(Hash.CODEC),
                                        SetMetadata::maybeHash)),
                        "Say by the hash of a preimage what a referendum is about, or take that back.")
                .complete();
    }
}
