package io.vilokanam.pallets.referenda;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.storage.SortedSearch;
import io.vilokanam.frame.voting.VoteTally;
import io.vilokanam.pallets.referenda.ReferendaStorage.Queued;
import io.vilokanam.pallets.referenda.Referendum.Ongoing;

/** Brings referenda from one state to the next. Source: pallet-referenda, {@code service_referendum} and what it calls. */
final class Service<T> {

    /** What came of it; where it is not dirty, nothing has to be stored. */
    record Serviced<T>(Referendum<T> info, boolean isDirty, ServiceBranch branch) {}

    /** A referendum that is being decided now, or waits ({@code alarm} is empty then). */
    record Begun<T>(Ongoing<T> status, Optional<Long> alarm, ServiceBranch branch) {}

    /** The alarm that stands for none. */
    private static final long END_OF_THE_WORLD = DispatchTime.BLOCK_MAX;

    private final Referenda.Config<T> config;
    private final ReferendaStorage<T> storage;
    private final Alarms<T> alarms;
    private final EventSink<ReferendaEvent> events;

    Service(Referenda.Config<T> config, ReferendaStorage<T> storage, Alarms<T> alarms,
            EventSink<ReferendaEvent> events) {
        this.config = config;
        this.storage = storage;
        this.alarms = alarms;
        this.events = events;
    }

    private VoteTally<T> votes() {
        return config.votes();
    }

    Serviced<T> service(Externalities ext, long now, long index, Ongoing<T> status) {
        Optional<Track.Details> track = config.track(status.track());
        if (track.isEmpty()) {
            return new Serviced<>(status, false, ServiceBranch.FAIL);
        }
        return status.deciding().isEmpty() ? beforeDeciding(ext, now, index, status, track.get())
                : whileDeciding(ext, now, index, status, track.get(), status.deciding().get());
    }

    private Serviced<T> beforeDeciding(Externalities ext, long now, long index, Ongoing<T> before,
            Track.Details track) {
        Ongoing<T> status = before;
        // The reference adds these two without care: the sum wraps.
        long timeout = before.submitted() + config.undecidingTimeout() & DispatchTime.BLOCK_MAX;
        long alarm = END_OF_THE_WORLD;
        boolean isDirty = false;
        ServiceBranch branch;
        if (before.isInQueue()) {
            branch = moveInQueue(ext, index, before);
        } else if (before.decisionDeposit().isEmpty()) {
            alarm = timeout;
            branch = ServiceBranch.NO_DEPOSIT;
        } else {
            long prepareEnd = DispatchTime.saturating(before.submitted() + track.preparePeriod());
            if (now >= prepareEnd) {
                Begun<T> begun = readyForDeciding(ext, now, track, index, before);
                status = begun.status;
                alarm = begun.alarm.orElse(alarm);
                isDirty = true;
                branch = begun.branch;
            } else {
                alarm = prepareEnd;
                branch = ServiceBranch.PREPARING;
            }
        }
        if (status.deciding().isEmpty() && now >= timeout && !status.isInQueue()) {
            alarms.none(ext, status);
            events.deposit(ext, new ReferendaEvent.TimedOut(index, status.tally()));
            return new Serviced<>(new Referendum.TimedOut<>(now, Optional.of(status.submissionDeposit()),
                    status.decisionDeposit()), true, ServiceBranch.TIMED_OUT);
        }
        return withAlarm(ext, index, status, alarm, isDirty, branch);
    }

    private Serviced<T> withAlarm(Externalities ext, long index, Ongoing<T> status, long alarm, boolean isDirty,
            ServiceBranch branch) {
        if (alarm < END_OF_THE_WORLD) {
            boolean changes = !Alarms.isSetTo(status, alarm);
            return new Serviced<>(alarms.at(ext, index, status, alarm), changes || isDirty, branch);
        }
        boolean changes = status.alarm().isPresent();
        return new Serviced<>(alarms.none(ext, status), changes || isDirty, branch);
    }

    /** The new place is searched while the old votes still stand in the queue, as the reference does it. */
    private ServiceBranch moveInQueue(Externalities ext, long index, Ongoing<T> status) {
        var ayes = votes().ayes(status.tally(), status.track());
        List<Queued> queue = new ArrayList<>(storage.trackQueue().get(ext, status.track()));
        int newPlace = SortedSearch.find(queue, ayes, Queued::ayes).index();
        int oldPlace = 0;
        while (oldPlace < queue.size() && queue.get(oldPlace).index() != index) {
            oldPlace++;
        }
        ServiceBranch branch;
        if (oldPlace < queue.size()) {
            queue.set(oldPlace, new Queued(index, ayes));
            slide(queue, oldPlace, newPlace);
            branch = ServiceBranch.REQUEUED_SLIDE;
        } else if (newPlace > 0) {
            insertKeepingRight(queue, newPlace, new Queued(index, ayes));
            branch = ServiceBranch.REQUEUED_INSERTION;
        } else {
            branch = ServiceBranch.NOT_QUEUED;
        }
        storage.trackQueue().put(ext, status.track(), queue);
        return branch;
    }

    /** Moves an element in front of the one that is at {@code before} now. */
    private static void slide(List<Queued> queue, int from, int before) {
        if (before < from) {
            Collections.rotate(queue.subList(before, from + 1), 1);
        } else if (before > from + 1) {
            Collections.rotate(queue.subList(from, before), -1);
        }
    }

    /** Where the queue is full the first gives way, if the element does not belong in front of it. */
    private void insertKeepingRight(List<Queued> queue, int place, Queued element) {
        if (queue.size() < config.queuedMax()) {
            queue.add(place, element);
        } else if (place > 0) {
            queue.add(place, element);
            queue.removeFirst();
        }
    }

    private Begun<T> readyForDeciding(Externalities ext, long now, Track.Details track, long index,
            Ongoing<T> status) {
        long deciding = storage.decidingCount().get(ext, status.track());
        if (deciding < track.decidingMax()) {
            storage.decidingCount().put(ext, status.track(), deciding + 1);
            return beginDeciding(ext, status, index, now, track);
        }
        Queued item = new Queued(index, votes().ayes(status.tally(), status.track()));
        List<Queued> queue = new ArrayList<>(storage.trackQueue().get(ext, status.track()));
        insertKeepingRight(queue, SortedSearch.find(queue, item.ayes(), Queued::ayes).index(), item);
        storage.trackQueue().put(ext, status.track(), queue);
        return new Begun<>(status.inQueue(true), Optional.empty(), ServiceBranch.QUEUED);
    }

    Begun<T> beginDeciding(Externalities ext, Ongoing<T> status, long index, long now, Track.Details track) {
        boolean passes = isPassing(ext, status, 0, track);
        events.deposit(ext,
                new ReferendaEvent.DecisionStarted(index, status.track(), status.proposal(), status.tally()));
        Optional<Long> confirming = Optional.empty();
        if (passes) {
            events.deposit(ext, new ReferendaEvent.ConfirmStarted(index));
            confirming = Optional.of(DispatchTime.saturating(now + track.confirmPeriod()));
        }
        Deciding deciding = new Deciding(now, confirming);
        long alarm = Math.max(decisionTime(ext, deciding, status, track), DispatchTime.saturating(now + 1));
        return new Begun<>(status.inQueue(false).withDeciding(deciding), Optional.of(alarm),
                passes ? ServiceBranch.BEGIN_DECIDING_PASSING : ServiceBranch.BEGIN_DECIDING_FAILING);
    }

    private Serviced<T> whileDeciding(Externalities ext, long now, long index, Ongoing<T> status, Track.Details track,
            Deciding before) {
        boolean passes = isPassing(ext, status, Math.max(now - before.since(), 0), track);
        boolean isConfirming = before.confirming().isPresent();
        if (passes && isConfirming && now >= before.confirming().get()) {
            return approved(ext, now, index, status, track);
        }
        if (!passes && now >= DispatchTime.saturating(before.since() + track.decisionPeriod())) {
            return rejected(ext, now, index, status);
        }
        Deciding deciding = before;
        ServiceBranch branch;
        if (passes == isConfirming) {
            branch = passes ? ServiceBranch.CONTINUE_CONFIRMING : ServiceBranch.CONTINUE_NOT_CONFIRMING;
        } else if (passes) {
            deciding = new Deciding(before.since(), Optional.of(DispatchTime.saturating(now + track.confirmPeriod())));
            events.deposit(ext, new ReferendaEvent.ConfirmStarted(index));
            branch = ServiceBranch.BEGIN_CONFIRMING;
        } else {
            deciding = new Deciding(before.since(), Optional.empty());
            events.deposit(ext, new ReferendaEvent.ConfirmAborted(index));
            branch = ServiceBranch.END_CONFIRMING;
        }
        return withAlarm(ext, index, status.withDeciding(deciding), decisionTime(ext, deciding, status, track),
                passes != isConfirming, branch);
    }

    private Serviced<T> approved(Externalities ext, long now, long index, Ongoing<T> status, Track.Details track) {
        alarms.none(ext, status);
        alarms.noteOneFewerDeciding(ext, status.track());
        alarms.scheduleEnactment(ext, index, track, status);
        events.deposit(ext, new ReferendaEvent.Confirmed(index, status.tally()));
        return new Serviced<>(new Referendum.Approved<>(now, Optional.of(status.submissionDeposit()),
                status.decisionDeposit()), true, ServiceBranch.APPROVED);
    }

    private Serviced<T> rejected(Externalities ext, long now, long index, Ongoing<T> status) {
        alarms.none(ext, status);
        alarms.noteOneFewerDeciding(ext, status.track());
        events.deposit(ext, new ReferendaEvent.Rejected(index, status.tally()));
        return new Serviced<>(new Referendum.Rejected<>(now, Optional.of(status.submissionDeposit()),
                status.decisionDeposit()), true, ServiceBranch.REJECTED);
    }

    private boolean isPassing(Externalities ext, Ongoing<T> status, long elapsed, Track.Details track) {
        Perbill x = Perbill.ofRational(Math.min(elapsed, track.decisionPeriod()), track.decisionPeriod());
        return track.supportMin().isPassing(x, votes().support(ext, status.tally(), status.track()))
                && track.approvalMin().isPassing(x, votes().approval(status.tally(), status.track()));
    }

    /** When it is approved, or begins to pass with the votes it has, or is rejected. */
    private long decisionTime(Externalities ext, Deciding deciding, Ongoing<T> status, Track.Details track) {
        if (deciding.confirming().isPresent()) {
            return deciding.confirming().get();
        }
        Perbill untilApproval = track.approvalMin().delay(votes().approval(status.tally(), status.track()));
        Perbill untilSupport = track.supportMin().delay(votes().support(ext, status.tally(), status.track()));
        long offset = untilSupport.max(untilApproval).ofCeiled(track.decisionPeriod());
        return DispatchTime.saturating(deciding.since() + offset);
    }
}
