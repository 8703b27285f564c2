package io.vilokanam.pallets.scheduler;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.Struct.Field;
import io.vilokanam.scale.Variants;

/** The events of {@link Scheduler}; {@code id} is the name of a task that has one. */
public sealed interface SchedulerEvent {

    record Scheduled(long when, long index) implements SchedulerEvent {}

    record Canceled(long when, long index) implements SchedulerEvent {}

    record Dispatched(TaskAddress task, Optional<Bytes> id, Result<Unit, DispatchError> result)
            implements SchedulerEvent {}

    record RetrySet(TaskAddress task, Optional<Bytes> id, long period, int retries) implements SchedulerEvent {}

    record RetryCancelled(TaskAddress task, Optional<Bytes> id) implements SchedulerEvent {}

    record CallUnavailable(TaskAddress task, Optional<Bytes> id) implements SchedulerEvent {}

    record PeriodicFailed(TaskAddress task, Optional<Bytes> id) implements SchedulerEvent {}

    record RetryFailed(TaskAddress task, Optional<Bytes> id) implements SchedulerEvent {}

    record PermanentlyOverweight(TaskAddress task, Optional<Bytes> id) implements SchedulerEvent {}

    record AgendaIncomplete(long when) implements SchedulerEvent {}

    Codec<Optional<Bytes>> ID = Codecs.option(Task.NAME);

    private static <T> Field<T, TaskAddress> task(Function<T, TaskAddress> accessor) {
        return field("task", "TaskAddress<BlockNumberFor<T>>", TaskAddress.CODEC, accessor);
    }

    private static <T> Field<T, Optional<Bytes>> id(Function<T, Optional<Bytes>> accessor) {
        return field("id", "Option<TaskName>", ID, accessor);
    }

    Variants<SchedulerEvent> EVENTS = Variants.of(SchedulerEvent.class)
            .with(0, "Scheduled", Scheduled.class,
                    struct(Scheduled::new, field("when", "BlockNumberFor<T>", Codecs.U32, Scheduled::when),
                            field("index", "u32", Codecs.U32, Scheduled::index)),
                    "A task was put on an agenda.")
            .with(1, "Canceled", Canceled.class,
                    struct(Canceled::new, field("when", "BlockNumberFor<T>", Codecs.U32, Canceled::when),
                            field("index", "u32", Codecs.U32, Canceled::index)),
                    "A task was taken off an agenda.")
            .with(2, "Dispatched", Dispatched.class,
                    struct(Dispatched::new, task(Dispatched::task), id(Dispatched::id),
                            field("result", "DispatchResult", ApplyResult.OUTCOME, Dispatched::result)),
                    "A task's call was made.")
            .with(3, "RetrySet", RetrySet.class,
                    struct(RetrySet::new, task(RetrySet::task), id(RetrySet::id),
                            field("period", "BlockNumberFor<T>", Codecs.U32, RetrySet::period),
                            field("retries", "u8", Codecs.U8, RetrySet::retries)),
                    "A task shall be tried again where it fails.")
            .with(4, "RetryCancelled", RetryCancelled.class,
                    struct(RetryCancelled::new, task(RetryCancelled::task), id(RetryCancelled::id)),
                    "A task shall not be tried again.")
            .with(5, "CallUnavailable", CallUnavailable.class,
                    struct(CallUnavailable::new, task(CallUnavailable::task), id(CallUnavailable::id)),
                    "A task ended because its call was not to be found.")
            .with(6, "PeriodicFailed", PeriodicFailed.class,
                    struct(PeriodicFailed::new, task(PeriodicFailed::task), id(PeriodicFailed::id)),
                    "A task is not repeated because the agenda is full.")
            .with(7, "RetryFailed", RetryFailed.class,
                    struct(RetryFailed::new, task(RetryFailed::task), id(RetryFailed::id)),
                    "A task is not tried again because the agenda is full or the block is.")
            .with(8, "PermanentlyOverweight", PermanentlyOverweight.class,
                    struct(PermanentlyOverweight::new, task(PermanentlyOverweight::task),
                            id(PermanentlyOverweight::id)),
                    "A task weighs too much for any block.")
            .with(9, "AgendaIncomplete", AgendaIncomplete.class,
                    struct(AgendaIncomplete::new,
                            field("when", "BlockNumberFor<T>", Codecs.U32, AgendaIncomplete::when)),
                    "The agendas from this block on could not be worked off.")
            .complete();
}
