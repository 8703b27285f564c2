package io.vilokanam.pallets.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Attempt;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.preimage.QueryPreimage.Peeked;
import io.vilokanam.frame.preimage.StorePreimage;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.frame.weights.WeightMeter;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/**
 * Works off one block's agendas: the oldest that is not done first, within one by priority, as far as the weight goes. Source:
 * pallet-scheduler, {@code service_agendas}.
 */
final class AgendaService {

    /** How a task that was taken off its agenda ended. */
    private enum Served {
        /** Its call was made. */
        DONE,
        /** It can never be made; it stays where it is, for whoever wants to look. */
        UNAVAILABLE,
        /** It did not fit this time. */
        OVERWEIGHT
    }

    private final Externalities ext;
    private final Agendas agendas;
    private final Scheduler.Config config;
    private final RuntimeCalls runtime;
    private final StorePreimage preimages;
    private final EventSink<SchedulerEvent> events;
    private final long now;
    private final WeightMeter meter;
    private int executed;

    AgendaService(Externalities ext, Agendas agendas, Scheduler.Config config, RuntimeCalls runtime,
            StorePreimage preimages, EventSink<SchedulerEvent> events, long now) {
        this.ext = ext;
        this.agendas = agendas;
        this.config = config;
        this.runtime = runtime;
        this.preimages = preimages;
        this.events = events;
        this.now = now;
        this.meter = new WeightMeter(config.maximumWeight());
    }

    /** Returns the weight used. */
    Weight run() {
        if (meter.tryConsume(SchedulerWeights.SERVICE_AGENDAS_BASE)) {
            long incomplete = now + 1;
            long when = agendas.incompleteSince.takeIfPresent(ext).orElse(now);
            Weight agendaMax = SchedulerWeights.serviceAgendaBase(config.tasksMax());
            for (; when <= now && meter.canConsume(agendaMax); when++) {
                if (!serveAgenda(when)) {
                    incomplete = Math.min(incomplete, when);
                }
            }
            incomplete = Math.min(incomplete, when);
            if (incomplete <= now) {
                events.deposit(ext, new SchedulerEvent.AgendaIncomplete(incomplete));
                agendas.incompleteSince.put(ext, incomplete);
            }
        }
        return meter.consumed();
    }

    /** Says whether nothing of the agenda is left for a later block. */
    private boolean serveAgenda(long when) {
        List<Optional<Task>> agenda = agendas.of(ext, when);
        List<Integer> ordered = new ArrayList<>();
        for (int i = 0; i < agenda.size(); i++) {
            if (agenda.get(i).isPresent()) {
                ordered.add(i);
            }
        }
        ordered.sort(Comparator.comparingInt(index -> agenda.get(index).orElseThrow().priority()));
        meter.tryConsume(SchedulerWeights.serviceAgendaBase(ordered.size()));
        boolean postponed = false;
        boolean dropped = false;
        for (int index : ordered) {
            Task task = agenda.get(index).orElseThrow();
            if (!meter.canConsume(weight(task, task.call().lookupLength()))) {
                postponed = true;
                break;
            }
            switch (serve(new TaskAddress(when, index), task)) {
                case DONE -> agenda.set(index, Optional.empty());
                case UNAVAILABLE -> dropped = true;
                case OVERWEIGHT -> postponed = true;
            }
        }
        if (postponed || dropped) {
            agendas.put(ext, when, agenda);
        } else {
            agendas.remove(ext, when);
        }
        return !postponed;
    }

    private static Weight weight(Task task, Optional<Long> lookupLength) {
        return SchedulerWeights.serviceTask(lookupLength, task.id().isPresent(), task.periodic().isPresent());
    }

    private Served serve(TaskAddress at, Task task) {
        task.id().ifPresent(name -> agendas.lookup.remove(ext, name));
        Peeked<RuntimeCall> call;
        try {
            call = preimages.peek(ext, task.call(), runtime.codec());
        } catch (DispatchException unavailable) {
            events.deposit(ext, new SchedulerEvent.CallUnavailable(at, task.id()));
            preimages.drop(ext, task.call());
            meter.tryConsume(weight(task, task.call().lookupLength()));
            return Served.UNAVAILABLE;
        }
        meter.tryConsume(weight(task, call.lookupLength()));
        Optional<Result<Unit, DispatchError>> result = execute(task.origin(), call.value());
        if (result.isEmpty() && executed > 0) {
            return Served.OVERWEIGHT;
        }
        if (result.isEmpty()) {
            preimages.drop(ext, task.call());
            events.deposit(ext, new SchedulerEvent.PermanentlyOverweight(at, task.id()));
            return Served.UNAVAILABLE;
        }
        Optional<RetryConfig> retry = agendas.retries.takeIfPresent(ext, at);
        events.deposit(ext, new SchedulerEvent.Dispatched(at, task.id(), result.get()));
        if (!result.get().isOk()) {
            retry.ifPresent(setting -> retry(at, task, setting));
        }
        repeat(at, task, retry);
        executed++;
        return Served.DONE;
    }

    /** Empty where the call does not fit what is left of the weight. */
    private Optional<Result<Unit, DispatchError>> execute(Origin origin, RuntimeCall call) {
        Weight base = origin instanceof Origin.Signed ? SchedulerWeights.EXECUTE_DISPATCH_SIGNED
                : SchedulerWeights.EXECUTE_DISPATCH_UNSIGNED;
        Weight announced = runtime.weight(call);
        if (!meter.canConsume(base.plus(announced))) {
            return Optional.empty();
        }
        Attempt attempt = runtime.attempt(ext, origin, call);
        meter.tryConsume(base);
        meter.tryConsume(attempt.post().actualWeight().orElse(announced));
        return Optional.of(attempt.outcome());
    }

    private void retry(TaskAddress at, Task task, RetryConfig setting) {
        if (!meter.tryConsume(SchedulerWeights.scheduleRetry(config.tasksMax()))) {
            events.deposit(ext, new SchedulerEvent.RetryFailed(at, task.id()));
            return;
        }
        if (setting.remaining() == 0) {
            return;
        }
        Task again = task.asRetry();
        Optional<TaskAddress> placed = agendas.place(ext, blocksFromNow(setting.period()), again);
        placed.ifPresentOrElse(
                address -> agendas.retries.put(ext, address,
                        new RetryConfig(setting.totalRetries(), setting.remaining() - 1, setting.period())),
                () -> {
                    preimages.drop(ext, again.call());
                    events.deposit(ext, new SchedulerEvent.RetryFailed(at, again.id()));
                });
    }

    private void repeat(TaskAddress at, Task task, Optional<RetryConfig> retry) {
        if (task.periodic().isEmpty()) {
            preimages.drop(ext, task.call());
            return;
        }
        Optional<TaskAddress> placed = agendas.place(ext, blocksFromNow(task.periodic().get().blocks()),
                task.repeated());
        placed.ifPresentOrElse(address -> retry.ifPresent(setting -> agendas.retries.put(ext, address, setting)),
                () -> {
                    preimages.drop(ext, task.call());
                    events.deposit(ext, new SchedulerEvent.PeriodicFailed(at, task.id()));
                });
    }

    private long blocksFromNow(long blocks) {
        return DispatchTime.saturating(now + blocks);
    }
}
