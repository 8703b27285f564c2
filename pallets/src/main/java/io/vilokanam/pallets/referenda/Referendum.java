package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Struct;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A referendum, present or past; {@code T} counts votes. */
public sealed interface Referendum<T> {

    /**
     * Votes are taken.
     *
     * @param enactment when the call shall be made, counted from its approval
     * @param submitted in which block it came
     * @param isInQueue whether it waits for others to be decided
     */
    record Ongoing<T>(int track, Origin origin, Bounded proposal, DispatchTime enactment, long submitted,
            Deposit submissionDeposit, Optional<Deposit> decisionDeposit, Optional<Deciding> deciding, T tally,
            boolean isInQueue, Optional<Alarm> alarm) implements Referendum<T> {

        Ongoing<T> withDecisionDeposit(Deposit deposit) {
            return new Ongoing<>(track, origin, proposal, enactment, submitted, submissionDeposit,
                    Optional.of(deposit), deciding, tally, isInQueue, alarm);
        }

        Ongoing<T> withDeciding(Deciding status) {
            return new Ongoing<>(track, origin, proposal, enactment, submitted, submissionDeposit, decisionDeposit,
                    Optional.of(status), tally, isInQueue, alarm);
        }

        Ongoing<T> withTally(T changed) {
            return new Ongoing<>(track, origin, proposal, enactment, submitted, submissionDeposit, decisionDeposit,
                    deciding, changed, isInQueue, alarm);
        }

        Ongoing<T> inQueue(boolean waits) {
            return new Ongoing<>(track, origin, proposal, enactment, submitted, submissionDeposit, decisionDeposit,
                    deciding, tally, waits, alarm);
        }

        Ongoing<T> withAlarm(Optional<Alarm> next) {
            return new Ongoing<>(track, origin, proposal, enactment, submitted, submissionDeposit, decisionDeposit,
                    deciding, tally, isInQueue, next);
        }
    }

    /** A referendum that is over, and what of the deposits is still there. */
    sealed interface Over<T> extends Referendum<T> {
        long since();

        Optional<Deposit> submissionDeposit();

        Optional<Deposit> decisionDeposit();

        /** The same with other deposits. */
        default Referendum<T> withDeposits(Optional<Deposit> submission, Optional<Deposit> decision) {
            return switch (this) {
                case Approved<T> _ -> new Approved<>(since(), submission, decision);
                case Rejected<T> _ -> new Rejected<>(since(), submission, decision);
                case Cancelled<T> _ -> new Cancelled<>(since(), submission, decision);
                case TimedOut<T> _ -> new TimedOut<>(since(), submission, decision);
            };
        }
    }

    record Approved<T>(long since, Optional<Deposit> submissionDeposit, Optional<Deposit> decisionDeposit)
            implements
            Over<T> {}

    record Rejected<T>(long since, Optional<Deposit> submissionDeposit, Optional<Deposit> decisionDeposit)
            implements
            Over<T> {}

    record Cancelled<T>(long since, Optional<Deposit> submissionDeposit, Optional<Deposit> decisionDeposit)
            implements
            Over<T> {}

    /** It was never decided. */
    record TimedOut<T>(long since, Optional<Deposit> submissionDeposit, Optional<Deposit> decisionDeposit)
            implements
            Over<T> {}

    /** Ended as a harm; the deposits are gone. */
    record Killed<T>(long since) implements Referendum<T> {}

    /**
     * How referenda stand in storage.
     *
     * @param calls of bounded calls of the runtime
     * @param origins of the runtime's {@code OriginCaller}
     */
    @SuppressWarnings("unchecked")
    static <T> Codec<Referendum<T>> codec(Codec<Bounded> calls, Codec<Origin> origins, Codec<T> tallies) {
        TypeParameter[] parameters = {TypeParameter.of("TrackId", Codecs.U16.type()),
                TypeParameter.of("RuntimeOrigin", origins.type()), TypeParameter.of("Moment", Codecs.U32.type()),
                TypeParameter.of("Call", calls.type()), TypeParameter.of("Balance", Codecs.U128.type()),
                TypeParameter.of("Tally", tallies.type()), TypeParameter.of("AccountId", AccountId.CODEC.type()),
                TypeParameter.of("ScheduleAddress", TaskAddress.CODEC.type())};
        Codec<Ongoing<T>> ongoing = struct(Ongoing<T>::new, field("track", "TrackId", Codecs.U16, Ongoing<T>::track),
                field("origin", "RuntimeOrigin", origins, Ongoing<T>::origin),
                field("proposal", "Call", calls, Ongoing<T>::proposal),
                field("enactment", "DispatchTime<Moment>", DispatchTime.CODEC, Ongoing<T>::enactment),
                field("submitted", "Moment", Codecs.U32, Ongoing<T>::submitted),
                field("submission_deposit", "Deposit<AccountId, Balance>", Deposit.CODEC,
                        Ongoing<T>::submissionDeposit),
                field("decision_deposit", OPTIONAL_DEPOSIT, Codecs.option(Deposit.CODEC), Ongoing<T>::decisionDeposit),
                field("deciding", "Option<DecidingStatus<Moment>>", Codecs.option(Deciding.CODEC),
                        Ongoing<T>::deciding),
                field("tally", "Tally", tallies, Ongoing<T>::tally),
                field("in_queue", "bool", Codecs.BOOL, Ongoing<T>::isInQueue),
                field("alarm", "Option<(Moment, ScheduleAddress)>", Codecs.option(Alarm.CODEC), Ongoing<T>::alarm))
                .named("pallet_referenda::types::ReferendumStatus", parameters);
        // Safe: the classes are only looked up, and each table is made for one T.
        Class<Referendum<T>> info = (Class<Referendum<T>>) (Class<?>) Referendum.class;
        return Variants.of(info)
                .with(0, "Ongoing", (Class<Ongoing<T>>) (Class<?>) Ongoing.class,
                        struct((Ongoing<T> value) -> value, field("", STATUS, ongoing, (Ongoing<T> value) -> value)))
                .with(1, "Approved", (Class<Approved<T>>) (Class<?>) Approved.class, over(Approved<T>::new))
                .with(2, "Rejected", (Class<Rejected<T>>) (Class<?>) Rejected.class, over(Rejected<T>::new))
                .with(3, "Cancelled", (Class<Cancelled<T>>) (Class<?>) Cancelled.class, over(Cancelled<T>::new))
                .with(4, "TimedOut", (Class<TimedOut<T>>) (Class<?>) TimedOut.class, over(TimedOut<T>::new))
                .with(5, "Killed", (Class<Killed<T>>) (Class<?>) Killed.class,
                        struct(Killed<T>::new, field("", "Moment", Codecs.U32, Killed<T>::since)))
                .complete().named("pallet_referenda::types::ReferendumInfo", parameters);
    }

    String OPTIONAL_DEPOSIT = "Option<Deposit<AccountId, Balance>>";
    /** Metadata breaks this text where the Rust source did. */
    String STATUS = """
            ReferendumStatus<TrackId, RuntimeOrigin, Moment, Call, Balance, Tally,
            AccountId, ScheduleAddress,>""";

    private static <T, O extends Over<T>> Struct<O> over(
            Struct.Of3<Long, Optional<Deposit>, Optional<Deposit>, O> constructor) {
        return struct(constructor, field("", "Moment", Codecs.U32, Over::since),
                field("", OPTIONAL_DEPOSIT, Codecs.option(Deposit.CODEC), Over::submissionDeposit),
                field("", OPTIONAL_DEPOSIT, Codecs.option(Deposit.CODEC), Over::decisionDeposit));
    }
}
