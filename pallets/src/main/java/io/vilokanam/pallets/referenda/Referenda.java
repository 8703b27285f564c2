package io.vilokanam.pallets.referenda;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.OnUnbalanced;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.preimage.QueryPreimage;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.schedule.Schedule;
import io.vilokanam.frame.voting.PollStatus;
import io.vilokanam.frame.voting.Polling;
import io.vilokanam.frame.voting.VoteTally;
import io.vilokanam.pallets.referenda.ReferendaStorage.Queued;
import io.vilokanam.pallets.referenda.Referendum.Ongoing;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/**
 * Referenda about calls ({@code pallet_referenda}): each is prepared, decided by the rules of the track that its origin
 * belongs to, and enacted. Votes are counted by others, who find the referenda as polls; {@code T} is what they count.
 */
public final class Referenda<T> implements Pallet<ReferendaCall>, Polling<T> {

    /**
     * What a runtime decides.
     *
     * @param tracks in the order of their ids
     * @param trackFor the track for calls of an origin, if there is one
     * @param canceller who may end a referendum
     * @param killer who may end it and take its deposits away
     * @param slash where these go
     * @param submissionDeposit in plancks
     * @param queuedMax how many referenda of a track wait to be decided
     * @param undecidingTimeout how long a referendum may stay undecided, in blocks
     * @param alarmInterval alarms are set to multiples of it, in blocks
     */
    public record Config<T>(List<Track> tracks, Function<Origin, Optional<Integer>> trackFor, EnsureOrigin canceller,
            EnsureOrigin killer, OnUnbalanced slash, VoteTally<T> votes, U128 submissionDeposit, int queuedMax,
            long undecidingTimeout, long alarmInterval) {

        Optional<Track.Details> track(int id) {
            for (Track track : tracks) {
                if (track.id() == id) {
                    return Optional.of(track.details());
                }
            }
            return Optional.empty();
        }
    }

    /** What it stands upon. */
    public record Foundation(RuntimeCalls runtime, Codec<Origin> origins, CurrentBlock block,
            ReservableCurrency currency, QueryPreimage preimages, Schedule scheduler) {}

    private static final int STORAGE_VERSION = 1;

    private final Config<T> config;
    private final ReservableCurrency currency;
    private final QueryPreimage preimages;
    private final ReferendaStorage<T> storage;
    private final Alarms<T> alarms;
    private final Service<T> service;
    private final EventSink<ReferendaEvent> events;

    public Referenda(PalletScope scope, Config<T> config, Foundation foundation) {
        this.config = config;
        this.currency = foundation.currency;
        this.preimages = foundation.preimages;
        Codec<Bounded> bounded = Bounded.codec(foundation.runtime.codec().type());
        Codec<T> tallies = config.votes.codec();
        scope.storageVersion(STORAGE_VERSION);
        this.storage = ReferendaStorage.declare(scope,
                Referendum.codec(bounded, foundation.origins, tallies), config.queuedMax);
        Variants<ReferendaCall> calls = ReferendaCall.calls(bounded, foundation.origins);
        scope.calls(calls, "pallet_referenda::pallet::Call", "T", "I");
        this.events = scope.events(ReferendaEvent.events(bounded, tallies), "pallet_referenda::pallet::Event", "T",
                "I");
        scope.errors(ReferendaError.ERRORS, "pallet_referenda::pallet::Error", "T", "I");
        scope.constant("SubmissionDeposit", Codecs.U128, config.submissionDeposit,
                "What a referendum needs to be submitted, in plancks.");
        scope.constant("MaxQueued", Codecs.U32, (long) config.queuedMax,
                "How many referenda of a track wait to be decided.");
        scope.constant("UndecidingTimeout", Codecs.U32, config.undecidingTimeout,
                "How long a referendum may stay undecided, in blocks.");
        scope.constant("AlarmInterval", Codecs.U32, config.alarmInterval,
                "Referenda are looked after at multiples of so many blocks.");
        scope.associatedType("Tally", tallies.type());
        scope.constant("Tracks", Track.LIST_CODEC, config.tracks, "The tracks by id.");
        this.alarms = new Alarms<>(scope.index(), calls, foundation.scheduler, foundation.block, config.alarmInterval);
        this.service = new Service<>(config, storage, alarms, events);
    }

    /** How many referenda there have been. */
    public long count(Externalities ext) {
        return storage.referendumCount().get(ext);
    }

    /** The referendum of an index below {@link #count}. */
    public Optional<Referendum<T>> info(Externalities ext, long index) {
        return storage.referendumInfoFor().find(ext, index);
    }

    @Override
    public Weight weigh(ReferendaCall call) {
        return switch (call) {
            case ReferendaCall.Submit _ -> ReferendaWeights.SUBMIT;
            case ReferendaCall.PlaceDecisionDeposit _ -> ServiceBranch.maxWeightOfDeposit();
            case ReferendaCall.RefundDecisionDeposit _ -> ReferendaWeights.REFUND_DECISION_DEPOSIT;
            case ReferendaCall.Cancel _ -> ReferendaWeights.CANCEL;
            case ReferendaCall.Kill _ -> ReferendaWeights.KILL;
            case ReferendaCall.NudgeReferendum _ -> ServiceBranch.maxWeightOfNudge();
            case ReferendaCall.OneFewerDeciding _ -> ReferendaWeights.ONE_FEWER_DECIDING_MAX;
            case ReferendaCall.RefundSubmissionDeposit _ -> ReferendaWeights.REFUND_SUBMISSION_DEPOSIT;
            case ReferendaCall.SetMetadata(_, var hash) -> hash.isPresent() ? ReferendaWeights.SET_SOME_METADATA
                    : ReferendaWeights.CLEAR_METADATA;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, ReferendaCall call) throws DispatchException {
        switch (call) {
            case ReferendaCall.Submit(var proposalOrigin, var proposal, var moment) ->
                submit(ext, origin.ensureSigned(), proposalOrigin, proposal, moment);
            case ReferendaCall.PlaceDecisionDeposit(var index) -> {
                return placeDecisionDeposit(ext, origin.ensureSigned(), index);
            }
            case ReferendaCall.RefundDecisionDeposit(var index) -> {
                ensureSignedOrRoot(origin);
                refundDecisionDeposit(ext, index);
            }
            case ReferendaCall.Cancel(var index) -> {
                config.canceller.ensure(ext, origin);
                cancel(ext, index);
            }
            case ReferendaCall.Kill(var index) -> {
                config.killer.ensure(ext, origin);
                kill(ext, index);
            }
            case ReferendaCall.NudgeReferendum(var index) -> {
                origin.ensureRoot();
                return nudge(ext, index);
            }
            case ReferendaCall.OneFewerDeciding(var track) -> {
                origin.ensureRoot();
                return oneFewerDeciding(ext, track);
            }
            case ReferendaCall.RefundSubmissionDeposit(var index) -> {
                ensureSignedOrRoot(origin);
                refundSubmissionDeposit(ext, index);
            }
            case ReferendaCall.SetMetadata(var index, var hash) ->
                setMetadata(ext, origin.ensureSigned(), index, hash);
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private static void ensureSignedOrRoot(Origin origin) throws DispatchException {
        ensure(origin.isRoot() || origin.caller() instanceof Origin.Signed, new DispatchError.BadOrigin());
    }

    private void submit(Externalities ext, AccountId who, Origin proposalOrigin, Bounded proposal,
            DispatchTime moment) throws DispatchException {
        Optional<Long> stored = proposal.lookupHash().flatMap(hash -> preimages.length(ext, hash));
        Optional<Long> said = proposal.lookupLength();
        ensure(stored.isEmpty() || said.isEmpty() || stored.equals(said),
                ReferendaError.PREIMAGE_STORED_WITH_DIFFERENT_LENGTH);
        int track = config.trackFor.apply(proposalOrigin)
                .orElseThrow(() -> new DispatchException(ReferendaError.NO_TRACK));
        Deposit deposit = takeDeposit(ext, who, config.submissionDeposit);
        long index = storage.referendumCount().get(ext);
        storage.referendumCount().put(ext, index + 1);
        long now = alarms.now(ext);
        Optional<Alarm> alarm = alarms.nudge(ext, index, DispatchTime.saturating(now + config.undecidingTimeout));
        storage.referendumInfoFor().put(ext, index, new Ongoing<>(track, proposalOrigin, proposal, moment, now, deposit,
                Optional.empty(), Optional.empty(), config.votes.fresh(track), false, alarm));
        events.deposit(ext, new ReferendaEvent.Submitted(index, track, proposal));
    }

    private PostDispatchInfo placeDecisionDeposit(Externalities ext, AccountId who, long index)
            throws DispatchException {
        Ongoing<T> status = storage.ensureOngoing(ext, index);
        ensure(status.decisionDeposit().isEmpty(), ReferendaError.HAS_DEPOSIT);
        Track.Details track = config.track(status.track())
                .orElseThrow(() -> new DispatchException(ReferendaError.NO_TRACK));
        Deposit deposit = takeDeposit(ext, who, track.decisionDeposit());
        Service.Serviced<T> serviced = service.service(ext, alarms.now(ext), index,
                status.withDecisionDeposit(deposit));
        storage.referendumInfoFor().put(ext, index, serviced.info());
        events.deposit(ext, new ReferendaEvent.DecisionDepositPlaced(index, who, deposit.amount()));
        return serviced.branch().weightOfDeposit().map(PostDispatchInfo::weighing)
                .orElse(PostDispatchInfo.AS_ANNOUNCED);
    }

    private void refundDecisionDeposit(Externalities ext, long index) throws DispatchException {
        switch (findInfo(ext, index)) {
            case Ongoing<T> status -> throw new DispatchException(status.decisionDeposit().isEmpty()
                    ? ReferendaError.NO_DEPOSIT : ReferendaError.UNFINISHED);
            case Referendum.Killed<T> _ -> throw new DispatchException(ReferendaError.NO_DEPOSIT);
            case Referendum.Over<T> over -> {
                Deposit deposit = refund(ext, over.decisionDeposit());
                storage.referendumInfoFor().put(ext, index,
                        over.withDeposits(over.submissionDeposit(), Optional.empty()));
                events.deposit(ext,
                        new ReferendaEvent.DecisionDepositRefunded(index, deposit.who(), deposit.amount()));
            }
        }
    }

    /** Only for what was approved or cancelled: a proposal that was refused has cost something. */
    private void refundSubmissionDeposit(Externalities ext, long index) throws DispatchException {
        switch (findInfo(ext, index)) {
            case Referendum.Approved<T> approved -> refundSubmission(ext, index, approved);
            case Referendum.Cancelled<T> cancelled -> refundSubmission(ext, index, cancelled);
            case Ongoing<T> _,Referendum.Rejected<T> _,Referendum.TimedOut<T> _,Referendum.Killed<T> _ ->
                throw new DispatchException(ReferendaError.BAD_STATUS);
        }
    }

    private void refundSubmission(Externalities ext, long index, Referendum.Over<T> over)
            throws DispatchException {
        Deposit deposit = refund(ext, over.submissionDeposit());
        storage.referendumInfoFor().put(ext, index, over.withDeposits(Optional.empty(), over.decisionDeposit()));
        events.deposit(ext, new ReferendaEvent.SubmissionDepositRefunded(index, deposit.who(), deposit.amount()));
    }

    private Referendum<T> findInfo(Externalities ext, long index) throws DispatchException {
        return storage.referendumInfoFor().find(ext, index)
                .orElseThrow(() -> new DispatchException(ReferendaError.BAD_REFERENDUM));
    }

    private void cancel(Externalities ext, long index) throws DispatchException {
        Ongoing<T> status = ended(ext, index);
        events.deposit(ext, new ReferendaEvent.Cancelled(index, status.tally()));
        storage.referendumInfoFor().put(ext, index, new Referendum.Cancelled<>(alarms.now(ext),
                Optional.of(status.submissionDeposit()), status.decisionDeposit()));
    }

    private void kill(Externalities ext, long index) throws DispatchException {
        Ongoing<T> status = ended(ext, index);
        events.deposit(ext, new ReferendaEvent.Killed(index, status.tally()));
        slash(ext, status.submissionDeposit());
        if (status.decisionDeposit().isPresent()) {
            slash(ext, status.decisionDeposit().get());
        }
        clearMetadata(ext, index);
        storage.referendumInfoFor().put(ext, index, new Referendum.Killed<>(alarms.now(ext)));
    }

    /** A referendum that goes on no further. The track is told so also where it was not being decided. */
    private Ongoing<T> ended(Externalities ext, long index) throws DispatchException {
        Ongoing<T> status = storage.ensureOngoing(ext, index);
        status.alarm().ifPresent(alarm -> alarms.cancel(ext, alarm.address()));
        alarms.noteOneFewerDeciding(ext, status.track());
        return status;
    }

    private PostDispatchInfo nudge(Externalities ext, long index) throws DispatchException {
        Ongoing<T> status = storage.ensureOngoing(ext, index).withAlarm(Optional.empty());
        Service.Serviced<T> serviced = service.service(ext, alarms.now(ext), index, status);
        if (serviced.isDirty()) {
            storage.referendumInfoFor().put(ext, index, serviced.info());
        }
        return PostDispatchInfo.weighing(serviced.branch().weightOfNudge());
    }

    private PostDispatchInfo oneFewerDeciding(Externalities ext, int id) throws DispatchException {
        Track.Details track = config.track(id).orElseThrow(() -> new DispatchException(ReferendaError.BAD_TRACK));
        List<Queued> queue = new ArrayList<>(storage.trackQueue().get(ext, id));
        while (!queue.isEmpty()) {
            long index = queue.removeLast().index();
            // One that was cancelled or killed while it waited is passed over.
            if (storage.referendumInfoFor().find(ext, index).orElse(null) instanceof Ongoing<T> status) {
                return decideNext(ext, id, track, index, status, queue);
            }
        }
        storage.decidingCount().mutate(ext, id, count -> Math.max(count - 1, 0));
        return PostDispatchInfo.weighing(ReferendaWeights.ONE_FEWER_DECIDING_QUEUE_EMPTY);
    }

    private PostDispatchInfo decideNext(Externalities ext, int id, Track.Details track, long index,
            Ongoing<T> status, List<Queued> left) {
        Service.Begun<T> begun = service.beginDeciding(ext, status, index, alarms.now(ext), track);
        Ongoing<T> deciding = begun.alarm().isPresent()
                ? alarms.at(ext, index, begun.status(), begun.alarm().get())
                : begun.status();
        storage.referendumInfoFor().put(ext, index, deciding);
        storage.trackQueue().put(ext, id, left);
        return PostDispatchInfo.weighing(begun.branch() == ServiceBranch.BEGIN_DECIDING_PASSING
                ? ReferendaWeights.ONE_FEWER_DECIDING_PASSING
                : ReferendaWeights.ONE_FEWER_DECIDING_FAILING);
    }

    private void setMetadata(Externalities ext, AccountId who, long index, Optional<Hash> hash)
            throws DispatchException {
        if (hash.isPresent()) {
            ensure(storage.ensureOngoing(ext, index).submissionDeposit().who().equals(who),
                    ReferendaError.NO_PERMISSION);
            ensure(preimages.length(ext, hash.get()).isPresent(), ReferendaError.PREIMAGE_NOT_EXIST);
            storage.metadataOf().put(ext, index, hash.get());
            events.deposit(ext, new ReferendaEvent.MetadataSet(index, hash.get()));
            return;
        }
        // What is over anybody may tidy up.
        if (storage.referendumInfoFor().find(ext, index).orElse(null) instanceof Ongoing<T> status) {
            ensure(status.submissionDeposit().who().equals(who), ReferendaError.NO_PERMISSION);
        }
        clearMetadata(ext, index);
    }

    private void clearMetadata(Externalities ext, long index) {
        storage.metadataOf().takeIfPresent(ext, index)
                .ifPresent(hash -> events.deposit(ext, new ReferendaEvent.MetadataCleared(index, hash)));
    }

    private Deposit takeDeposit(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        currency.reserve(ext, who, amount);
        return new Deposit(who, amount);
    }

    private Deposit refund(Externalities ext, Optional<Deposit> held) throws DispatchException {
        Deposit deposit = held.orElseThrow(() -> new DispatchException(ReferendaError.NO_DEPOSIT));
        currency.unreserve(ext, deposit.who(), deposit.amount());
        return deposit;
    }

    private void slash(Externalities ext, Deposit deposit) throws DispatchException {
        config.slash.onUnbalanced(ext, currency.slashReserved(ext, deposit.who(), deposit.amount()).credit());
        events.deposit(ext, new ReferendaEvent.DepositSlashed(deposit.who(), deposit.amount()));
    }

    @Override
    public List<Integer> classes() {
        return config.tracks.stream().map(Track::id).toList();
    }

    @Override
    public Optional<PollStatus.Ongoing<T>> asOngoing(Externalities ext, long index) {
        return storage.referendumInfoFor().find(ext, index).orElse(null) instanceof Ongoing<T> status
                ? Optional.of(new PollStatus.Ongoing<>(status.tally(), status.track()))
                : Optional.empty();
    }

    /** Whoever has a look at an ongoing referendum has it looked after in the next block. */
    @Override
    public <R> R tryAccessPoll(Externalities ext, long index, Access<T, R> access) throws DispatchException {
        Optional<Referendum<T>> info = storage.referendumInfoFor().find(ext, index);
        if (info.orElse(null) instanceof Ongoing<T> status) {
            PollStatus.Ongoing<T> poll = new PollStatus.Ongoing<>(status.tally(), status.track());
            R result = access.apply(poll);
            storage.referendumInfoFor().put(ext, index,
                    alarms.at(ext, index, status.withTally(poll.tally()), alarms.now(ext) + 1));
            return result;
        }
        return access.apply(info.map(Referenda::<T>statusOf).orElseGet(PollStatus.None::new));
    }

    private static <T> PollStatus<T> statusOf(Referendum<T> info) {
        return switch (info) {
            case Referendum.Approved<T> approved -> new PollStatus.Completed<>(approved.since(), true);
            case Referendum.Rejected<T> rejected -> new PollStatus.Completed<>(rejected.since(), false);
            case Ongoing<T> status -> new PollStatus.Ongoing<>(status.tally(), status.track());
            case Referendum.Cancelled<T> _,Referendum.TimedOut<T> _,Referendum.Killed<T> _ ->
                new PollStatus.None<>();
        };
    }
}
