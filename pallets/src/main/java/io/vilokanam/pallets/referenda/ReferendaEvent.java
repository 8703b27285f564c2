package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Struct;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of Referenda; {@code tally} fields hold a count as the runtime's {@code VoteTally} makes it. */
public sealed interface ReferendaEvent {

    /** An event about a deposit of a referendum, in plancks. */
    sealed interface OfDeposit extends ReferendaEvent {
        long index();

        AccountId who();

        U128 amount();
    }

    /** An event about the end of a referendum. */
    sealed interface OfTally extends ReferendaEvent {
        long index();

        Object tally();
    }

    /** An event about what a referendum is said to be about. */
    sealed interface OfMetadata extends ReferendaEvent {
        long index();

        Hash hash();
    }

    record Submitted(long index, int track, Bounded proposal) implements ReferendaEvent {}

    record DecisionDepositPlaced(long index, AccountId who, U128 amount) implements OfDeposit {}

    record DecisionDepositRefunded(long index, AccountId who, U128 amount) implements OfDeposit {}

    record DepositSlashed(AccountId who, U128 amount) implements ReferendaEvent {}

    record DecisionStarted(long index, int track, Bounded proposal, Object tally) implements ReferendaEvent {}

    record ConfirmStarted(long index) implements ReferendaEvent {}

    record ConfirmAborted(long index) implements ReferendaEvent {}

    record Confirmed(long index, Object tally) implements OfTally {}

    record Approved(long index) implements ReferendaEvent {}

    record Rejected(long index, Object tally) implements OfTally {}

    record TimedOut(long index, Object tally) implements OfTally {}

    record Cancelled(long index, Object tally) implements OfTally {}

    record Killed(long index, Object tally) implements OfTally {}

    record SubmissionDepositRefunded(long index, AccountId who, U128 amount) implements OfDeposit {}

    record MetadataSet(long index, Hash hash) implements OfMetadata {}

    record MetadataCleared(long index, Hash hash) implements OfMetadata {}

    String INDEX = "ReferendumIndex";
    String TRACK = "TrackIdOf<T, I>";
    String CALL = "BoundedCallOf<T, I>";
    String ACCOUNT = "T::AccountId";
    String BALANCE = "BalanceOf<T, I>";
    String TALLY = "T::Tally";

    @SuppressWarnings("unchecked")
    static Variants<ReferendaEvent> events(Codec<Bounded> calls, Codec<?> tallyCodec) {
        // Safe: a pallet's events hold the counts that its own VoteTally made.
        Codec<Object> tallies = (Codec<Object>) tallyCodec;
        return Variants.of(ReferendaEvent.class)
                .with(0, "Submitted", Submitted.class,
                        struct(Submitted::new, field("index", INDEX, Codecs.U32, Submitted::index),
                                field("track", TRACK, Codecs.U16, Submitted::track),
                                field("proposal", CALL, calls, Submitted::proposal)),
                        "A referendum was submitted.")
                .with(1, "DecisionDepositPlaced", DecisionDepositPlaced.class, deposit(DecisionDepositPlaced::new),
                        "The decision deposit was placed.")
                .with(2, "DecisionDepositRefunded", DecisionDepositRefunded.class,
                        deposit(DecisionDepositRefunded::new), "The decision deposit was given back.")
                .with(3, "DepositSlashed", DepositSlashed.class,
                        struct(DepositSlashed::new, field("who", ACCOUNT, AccountId.CODEC, DepositSlashed::who),
                                field("amount", BALANCE, Codecs.U128, DepositSlashed::amount)),
                        "A deposit was taken away.")
                .with(4, "DecisionStarted", DecisionStarted.class,
                        struct(DecisionStarted::new, field("index", INDEX, Codecs.U32, DecisionStarted::index),
                                field("track", TRACK, Codecs.U16, DecisionStarted::track),
                                field("proposal", CALL, calls, DecisionStarted::proposal),
                                field("tally", TALLY, tallies, DecisionStarted::tally)),
                        "A referendum is being decided.")
                .with(5, "ConfirmStarted", ConfirmStarted.class,
                        struct(ConfirmStarted::new, field("index", INDEX, Codecs.U32, ConfirmStarted::index)),
                        "A referendum passes; it has to for a while.")
                .with(6, "ConfirmAborted", ConfirmAborted.class,
                        struct(ConfirmAborted::new, field("index", INDEX, Codecs.U32, ConfirmAborted::index)),
                        "A referendum does not pass any more.")
                .with(7, "Confirmed", Confirmed.class, tally(Confirmed::new, tallies),
                        "A referendum has passed long enough.")
                .with(8, "Approved", Approved.class,
                        struct(Approved::new, field("index", INDEX, Codecs.U32, Approved::index)),
                        "A referendum was approved and its call scheduled.")
                .with(9, "Rejected", Rejected.class, tally(Rejected::new, tallies), "A referendum was rejected.")
                .with(10, "TimedOut", TimedOut.class, tally(TimedOut::new, tallies),
                        "A referendum was never decided.")
                .with(11, "Cancelled", Cancelled.class, tally(Cancelled::new, tallies),
                        "A referendum was cancelled.")
                .with(12, "Killed", Killed.class, tally(Killed::new, tallies), "A referendum was killed.")
                .with(13, "SubmissionDepositRefunded", SubmissionDepositRefunded.class,
                        deposit(SubmissionDepositRefunded::new), "The submission deposit was given back.")
                .with(14, "MetadataSet", MetadataSet.class, metadata(MetadataSet::new),
                        "It was said what a referendum is about.")
                .with(15, "MetadataCleared", MetadataCleared.class, metadata(MetadataCleared::new),
                        "What a referendum is about is not said any more.")
                .complete();
    }

    private static <E extends OfDeposit> Struct<E> deposit(Struct.Of3<Long, AccountId, U128, E> constructor) {
        return struct(constructor, field("index", INDEX, Codecs.U32, OfDeposit::index),
                field("who", ACCOUNT, AccountId.CODEC, OfDeposit::who),
                field("amount", BALANCE, Codecs.U128, OfDeposit::amount));
    }

    private static <E extends OfTally> Struct<E> tally(Struct.Of2<Long, Object, E> constructor,
            Codec<Object> tallies) {
        return struct(constructor, field("index", INDEX, Codecs.U32, OfTally::index),
                field("tally", TALLY, tallies, OfTally::tally));
    }

    private static <E extends OfMetadata> Struct<E> metadata(Struct.Of2<Long, Hash, E> constructor) {
        return struct(constructor, field("index", INDEX, Codecs.U32, OfMetadata::index),
                field("hash", "T::Hash", Hash.CODEC, OfMetadata::hash));
    }
}
