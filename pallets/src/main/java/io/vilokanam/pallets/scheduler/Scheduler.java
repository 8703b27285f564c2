package io.vilokanam.pallets.scheduler;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.preimage.StorePreimage;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.schedule.Period;
import io.vilokanam.frame.schedule.Schedule;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * Makes calls in later blocks, once or again and again, at the beginning of the block ({@code pallet_scheduler}). Its own calls
 * are root's; other pallets schedule for any origin.
 */
public final class Scheduler implements Pallet<SchedulerCall>, Schedule {

    /**
     * What a runtime decides.
     *
     * @param maximumWeight the most that a block's tasks may use
     * @param tasksMax the most tasks of a block
     */
    public record Config(Weight maximumWeight, int tasksMax) {}

    private final Config config;
    private final RuntimeCalls runtime;
    private final CurrentBlock block;
    private final StorePreimage preimages;
    private final Agendas agendas;
    private final EventSink<SchedulerEvent> events;

    /** @param origins how origins stand on the wire */
    public Scheduler(PalletScope scope, Config config, RuntimeCalls runtime, Codec<Origin> origins, CurrentBlock block,
            StorePreimage preimages) {
        this.config = config;
        this.runtime = runtime;
        this.block = block;
        this.preimages = preimages;
        scope.storageVersion(4);
        scope.calls(SchedulerCall.calls(runtime), "pallet_scheduler::pallet::Call", "T");
        events = scope.events(SchedulerEvent.EVENTS, "pallet_scheduler::pallet::Event", "T");
        scope.errors(SchedulerError.ERRORS, "pallet_scheduler::pallet::Error", "T");
        agendas = new Agendas(scope, config.tasksMax, runtime.codec().type(), origins, events);
        scope.constant("MaximumWeight", Weight.CODEC, config.maximumWeight, "The most that a block's tasks may use.");
        scope.constant("MaxScheduledPerBlock", Codecs.U32, (long) config.tasksMax, "The most tasks of a block.");
    }

    @Override
    public Weight weigh(SchedulerCall call) {
        return switch (call) {
            case SchedulerCall.Schedule _,SchedulerCall.ScheduleAfter _ -> SchedulerWeights.schedule(config.tasksMax);
            case SchedulerCall.Cancel _ -> SchedulerWeights.cancel(config.tasksMax);
            case SchedulerCall.ScheduleNamed _,SchedulerCall.ScheduleNamedAfter _ ->
                SchedulerWeights.scheduleNamed(config.tasksMax);
            case SchedulerCall.CancelNamed _ -> SchedulerWeights.cancelNamed(config.tasksMax);
            case SchedulerCall.SetRetry _ -> SchedulerWeights.SET_RETRY;
            case SchedulerCall.SetRetryNamed _ -> SchedulerWeights.SET_RETRY_NAMED;
            case SchedulerCall.CancelRetry _ -> SchedulerWeights.CANCEL_RETRY;
            case SchedulerCall.CancelRetryNamed _ -> SchedulerWeights.CANCEL_RETRY_NAMED;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, SchedulerCall call) throws DispatchException {
        origin.ensureRoot();
        Origin root = origin.caller();
        switch (call) {
            case SchedulerCall.Schedule(var when, var periodic, var priority, var inner) ->
                schedule(ext, new DispatchTime.At(when), periodic, priority, root, bound(ext, inner));
            case SchedulerCall.Cancel(var when, var index) ->
                cancel(ext, Optional.of(root), new TaskAddress(when, index));
            case SchedulerCall.ScheduleNamed(var id, var when, var periodic, var priority, var inner) ->
                scheduleNamed(ext, id, new DispatchTime.At(when), periodic, priority, root, bound(ext, inner));
            case SchedulerCall.CancelNamed(var id) -> cancelNamed(ext, Optional.of(root), id);
            case SchedulerCall.ScheduleAfter(var after, var periodic, var priority, var inner) ->
                schedule(ext, new DispatchTime.After(after), periodic, priority, root, bound(ext, inner));
            case SchedulerCall.ScheduleNamedAfter(var id, var after, var periodic, var priority, var inner) ->
                scheduleNamed(ext, id, new DispatchTime.After(after), periodic, priority, root, bound(ext, inner));
            case SchedulerCall.SetRetry(var task, var retries, var period) ->
                setRetry(ext, root, task, Optional.empty(), new RetryConfig(retries, retries, period));
            case SchedulerCall.SetRetryNamed(var id, var retries, var period) ->
                setRetry(ext, root, named(ext, id), Optional.of(id), new RetryConfig(retries, retries, period));
            case SchedulerCall.CancelRetry(var task) -> cancelRetry(ext, root, task, Optional.empty());
            case SchedulerCall.CancelRetryNamed(var id) -> cancelRetry(ext, root, named(ext, id), Optional.of(id));
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        return new AgendaService(ext, agendas, config, runtime, preimages, events, number).run();
    }

    private Bounded bound(Externalities ext, RuntimeCall call) throws DispatchException {
        return preimages.bound(ext, runtime.codec().encode(call));
    }

    private TaskAddress named(Externalities ext, Bytes name) throws DispatchException {
        return agendas.lookup.find(ext, name).orElseThrow(() -> new DispatchException(SchedulerError.NOT_FOUND));
    }

    /** The task at an address, if {@code origin} may change it. */
    private void ensureOwn(Externalities ext, Origin origin, TaskAddress address) throws DispatchException {
        Task task = agendas.find(ext, address).orElseThrow(() -> new DispatchException(SchedulerError.NOT_FOUND));
        ensurePrivilege(origin, task);
    }

    /** Only the origin that a task runs as may change it. */
    private static void ensurePrivilege(Origin origin, Task task) throws DispatchException {
        ensure(origin.equals(task.origin()), new DispatchError.BadOrigin());
    }

    private void setRetry(Externalities ext, Origin origin, TaskAddress address, Optional<Bytes> name,
            RetryConfig retry) throws DispatchException {
        ensureOwn(ext, origin, address);
        agendas.retries.put(ext, address, retry);
        events.deposit(ext, new SchedulerEvent.RetrySet(address, name, retry.period(), retry.totalRetries()));
    }

    private void cancelRetry(Externalities ext, Origin origin, TaskAddress address, Optional<Bytes> name)
            throws DispatchException {
        ensureOwn(ext, origin, address);
        agendas.retries.remove(ext, address);
        events.deposit(ext, new SchedulerEvent.RetryCancelled(address, name));
    }

    /** The block that is meant: the present one's tasks are done, so a later one. */
    private long resolve(Externalities ext, DispatchTime when) throws DispatchException {
        long now = block.blockNumber(ext);
        long resolved = switch (when) {
            case DispatchTime.At(long number) -> number;
            case DispatchTime.After(long blocks) -> DispatchTime.saturating(now + blocks + 1);
        };
        ensure(resolved > now, SchedulerError.TARGET_BLOCK_NUMBER_IN_PAST);
        return resolved;
    }

    @Override
    public TaskAddress schedule(Externalities ext, DispatchTime when, Optional<Period> periodic, int priority,
            Origin origin, Bounded call) throws DispatchException {
        return schedule(ext, resolve(ext, when), Optional.empty(), periodic, priority, origin, call);
    }

    @Override
    public TaskAddress scheduleNamed(Externalities ext, Bytes name, DispatchTime when, Optional<Period> periodic,
            int priority, Origin origin, Bounded call) throws DispatchException {
        ensure(!agendas.lookup.contains(ext, name), SchedulerError.FAILED_TO_SCHEDULE);
        return schedule(ext, resolve(ext, when), Optional.of(name), periodic, priority, origin, call);
    }

    /** A period counts from the second time on; one of no blocks or of a single time is none. */
    private TaskAddress schedule(Externalities ext, long when, Optional<Bytes> name, Optional<Period> periodic,
            int priority, Origin origin, Bounded call) throws DispatchException {
        Optional<Period> repeats = periodic.filter(period -> period.count() > 1 && period.blocks() > 0)
                .map(period -> new Period(period.blocks(), period.count() - 1));
        TaskAddress address = place(ext, when, new Task(name, priority, call, repeats, origin.caller()));
        preimages.hold(ext, call);
        return address;
    }

    private TaskAddress place(Externalities ext, long when, Task task) throws DispatchException {
        return agendas.place(ext, when, task)
                .orElseThrow(() -> new DispatchException(new DispatchError.Exhausted()));
    }

    @Override
    public void cancel(Externalities ext, TaskAddress address) throws DispatchException {
        unavailableWhereNotFound(() -> cancel(ext, Optional.empty(), address));
    }

    /** Where nothing is found the agenda is put back all the same: who goes on after the failure leaves it written. */
    private void cancel(Externalities ext, Optional<Origin> origin, TaskAddress address) throws DispatchException {
        List<Optional<Task>> agenda = agendas.of(ext, address.when());
        Optional<Task> task = Agendas.at(agenda, address.index()).flatMap(slot -> slot);
        if (task.isPresent()) {
            if (origin.isPresent()) {
                ensurePrivilege(origin.get(), task.get());
            }
            agenda.set((int) address.index(), Optional.empty());
        }
        agendas.put(ext, address.when(), agenda);
        ensure(task.isPresent(), SchedulerError.NOT_FOUND);
        preimages.drop(ext, task.get().call());
        task.get().id().ifPresent(name -> agendas.lookup.remove(ext, name));
        agendas.retries.remove(ext, address);
        agendas.cleanUp(ext, address.when());
        events.deposit(ext, new SchedulerEvent.Canceled(address.when(), address.index()));
    }

    @Override
    public void cancelNamed(Externalities ext, Bytes name) throws DispatchException {
        unavailableWhereNotFound(() -> cancelNamed(ext, Optional.empty(), name));
    }

    /** What another pallet cancels keeps its request of the preimage and its retries, as in the reference. */
    private void cancelNamed(Externalities ext, Optional<Origin> origin, Bytes name) throws DispatchException {
        TaskAddress address = named(ext, name);
        List<Optional<Task>> agenda = agendas.of(ext, address.when());
        Optional<Optional<Task>> slot = Agendas.at(agenda, address.index());
        Optional<Task> task = slot.flatMap(found -> found);
        if (task.isPresent() && origin.isPresent()) {
            ensurePrivilege(origin.get(), task.get());
            agendas.retries.remove(ext, address);
            preimages.drop(ext, task.get().call());
        }
        slot.ifPresent(_ -> agenda.set((int) address.index(), Optional.empty()));
        agendas.put(ext, address.when(), agenda);
        agendas.cleanUp(ext, address.when());
        events.deposit(ext, new SchedulerEvent.Canceled(address.when(), address.index()));
        agendas.lookup.remove(ext, name);
    }

    @Override
    public TaskAddress reschedule(Externalities ext, TaskAddress address, DispatchTime when) throws DispatchException {
        return unavailableWhereNotFound(() -> move(ext, address, resolve(ext, when), false));
    }

    @Override
    public TaskAddress rescheduleNamed(Externalities ext, Bytes name, DispatchTime when) throws DispatchException {
        return unavailableWhereNotFound(() -> {
            long block = resolve(ext, when);
            return move(ext, named(ext, name), block, true);
        });
    }

    private TaskAddress move(Externalities ext, TaskAddress address, long when, boolean byName)
            throws DispatchException {
        ensure(when != address.when(), SchedulerError.RESCHEDULE_NO_CHANGE);
        List<Optional<Task>> agenda = agendas.of(ext, address.when());
        Task task = Agendas.at(agenda, address.index()).flatMap(slot -> slot)
                .orElseThrow(() -> new DispatchException(SchedulerError.NOT_FOUND));
        ensure(byName || task.id().isEmpty(), SchedulerError.NAMED);
        agenda.set((int) address.index(), Optional.empty());
        agendas.put(ext, address.when(), agenda);
        agendas.cleanUp(ext, address.when());
        events.deposit(ext, new SchedulerEvent.Canceled(address.when(), address.index()));
        return place(ext, when, task);
    }

    @Override
    public long nextDispatchTime(Externalities ext, TaskAddress address) throws DispatchException {
        return Agendas.at(agendas.of(ext, address.when()), address.index()).map(_ -> address.when())
                .orElseThrow(() -> new DispatchException(new DispatchError.Unavailable()));
    }

    @Override
    public long nextDispatchTimeNamed(Externalities ext, Bytes name) throws DispatchException {
        Optional<TaskAddress> address = agendas.lookup.find(ext, name);
        ensure(address.isPresent(), new DispatchError.Unavailable());
        return nextDispatchTime(ext, address.get());
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws DispatchException;
    }

    /** Something that may fail and tells nothing. */
    @FunctionalInterface
    private interface Action {
        void run() throws DispatchException;
    }

    private static void unavailableWhereNotFound(Action action) throws DispatchException {
        unavailableWhereNotFound(() -> {
            action.run();
            return Optional.empty();
        });
    }

    /** Other pallets hear of {@code Unavailable} where a call hears of {@code NotFound}. */
    private static <T> T unavailableWhereNotFound(Step<T> step) throws DispatchException {
        try {
            return step.run();
        } catch (DispatchException failure) {
            throw failure.palletError().filter(error -> error == SchedulerError.NOT_FOUND).isPresent()
                    ? new DispatchException(new DispatchError.Unavailable())
                    : failure;
        }
    }
}
