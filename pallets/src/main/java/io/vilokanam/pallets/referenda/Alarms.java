package io.vilokanam.pallets.referenda;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.schedule.Schedule;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;

/** What referenda leave to the scheduler: to be looked after later, and the calls that were approved. */
final class Alarms<T> {

    private static final int ALARM_PRIORITY = 128;
    private static final Bytes ASSEMBLY = Bytes.ascii("assembly");
    private static final String ENACTMENT = "enactment";

    private final int pallet;
    private final Variants<ReferendaCall> calls;
    private final Schedule scheduler;
    private final CurrentBlock block;
    private final long interval;

    /**
     * @param pallet the index of Referenda, in front of its calls
     * @param interval alarms are set to multiples of it, in blocks
     */
    Alarms(int pallet, Variants<ReferendaCall> calls, Schedule scheduler, CurrentBlock block, long interval) {
        this.pallet = pallet;
        this.calls = calls;
        this.scheduler = scheduler;
        this.block = block;
        this.interval = Math.max(interval, 1);
    }

    long now(Externalities ext) {
        return block.blockNumber(ext);
    }

    private Bounded bound(ReferendaCall call) {
        ScaleOutput out = new ScaleOutput().u8(pallet);
        calls.encode(call, out);
        return new Bounded.Inline(Bytes.wrap(out.toByteArray()));
    }

    Optional<Alarm> nudge(Externalities ext, long index, long when) {
        return set(ext, new ReferendaCall.NudgeReferendum(index), when);
    }

    /** Has the next referendum of the track decided, in the next block: that is easier to weigh than at once. */
    void noteOneFewerDeciding(Externalities ext, int track) {
        set(ext, new ReferendaCall.OneFewerDeciding(track), now(ext) + 1);
    }

    /** Rounds {@code when} up to the interval; no alarm where the scheduler takes none then. */
    private Optional<Alarm> set(Externalities ext, ReferendaCall call, long when) {
        long rounded = DispatchTime.saturating(DispatchTime.saturating(when + interval - 1) / interval * interval);
        try {
            return Optional.of(new Alarm(rounded, scheduler.schedule(ext, new DispatchTime.At(rounded),
                    Optional.empty(), ALARM_PRIORITY, Origin.ROOT, bound(call))));
        } catch (DispatchException refused) {
            ext.log("runtime::referenda", "no alarm at block " + rounded + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    static boolean isSetTo(Referendum.Ongoing<?> status, long when) {
        return status.alarm().isPresent() && status.alarm().get().when() == when;
    }

    /** Sets the alarm of a referendum, unless it is set so already. */
    Referendum.Ongoing<T> at(Externalities ext, long index, Referendum.Ongoing<T> status, long when) {
        return isSetTo(status, when) ? status : none(ext, status).withAlarm(nudge(ext, index, when));
    }

    /** Takes the alarm of a referendum back, if there is one. */
    Referendum.Ongoing<T> none(Externalities ext, Referendum.Ongoing<T> status) {
        status.alarm().ifPresent(alarm -> cancel(ext, alarm.address()));
        return status.withAlarm(Optional.empty());
    }

    /** An alarm that the scheduler does not have any more is gone all the same. */
    void cancel(Externalities ext, TaskAddress address) {
        try {
            scheduler.cancel(ext, address);
        } catch (DispatchException gone) {
            ext.log("runtime::referenda", "an alarm was not there: " + gone.getMessage());
        }
    }

    /** Has an approved call made, not before the next block. */
    void scheduleEnactment(Externalities ext, long index, Track.Details track, Referendum.Ongoing<?> status) {
        long now = now(ext);
        long earliest = DispatchTime.saturating(now + Math.max(track.enactmentPeriodMin(), 1));
        long when = Math.max(status.enactment().evaluate(now), earliest);
        byte[] name = new ScaleOutput().raw(ASSEMBLY.view()).string(ENACTMENT).u32(index).toByteArray();
        try {
            scheduler.scheduleNamed(ext, Bytes.wrap(ext.blake2b256(name)), new DispatchTime.At(when),
                    Optional.empty(), Schedule.HARD_DEADLINE, status.origin(), status.proposal());
        } catch (DispatchException refused) {
            ext.log("runtime::referenda", "referendum " + index + " is not enacted: " + refused.getMessage());
        }
    }
}
