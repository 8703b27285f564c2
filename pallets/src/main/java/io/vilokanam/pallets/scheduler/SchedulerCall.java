package io.vilokanam.pallets.scheduler;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.schedule.Period;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The calls of {@link Scheduler}. Names have 32 bytes; a low priority number goes first. */
public sealed interface SchedulerCall {

    record Schedule(long when, Optional<Period> periodic, int priority, RuntimeCall call) implements SchedulerCall {}

    record Cancel(long when, long index) implements SchedulerCall {}

    record ScheduleNamed(Bytes id, long when, Optional<Period> periodic, int priority, RuntimeCall call)
            implements SchedulerCall {}

    record CancelNamed(Bytes id) implements SchedulerCall {}

    record ScheduleAfter(long after, Optional<Period> periodic, int priority, RuntimeCall call)
            implements SchedulerCall {}

    record ScheduleNamedAfter(Bytes id, long after, Optional<Period> periodic, int priority, RuntimeCall call)
            implements SchedulerCall {}

    record SetRetry(TaskAddress task, int retries, long period) implements SchedulerCall {}

    record SetRetryNamed(Bytes id, int retries, long period) implements SchedulerCall {}

    record CancelRetry(TaskAddress task) implements SchedulerCall {}

    record CancelRetryNamed(Bytes id) implements SchedulerCall {}

    static Variants<SchedulerCall> calls(RuntimeCalls runtime) {
        Codec<RuntimeCall> call = runtime.boxedCodec();
        Codec<Optional<Period>> periodic = Codecs.option(Period.CODEC);
        String callType = "Box<<T as Config>::RuntimeCall>";
        String periodicType = "Option<schedule::Period<BlockNumberFor<T>>>";
        return Variants.of(SchedulerCall.class)
                .with(0, "schedule", Schedule.class,
                        struct(Schedule::new, field("when", "BlockNumberFor<T>", Codecs.U32, Schedule::when),
                                field("maybe_periodic", periodicType, periodic, Schedule::periodic),
                                field("priority", "schedule::Priority", Codecs.U8, Schedule::priority),
                                field("call", callType, call, Schedule::call)),
                        "Make a call in a later block.")
                .with(1, "cancel", Cancel.class,
                        struct(Cancel::new, field("when", "BlockNumberFor<T>", Codecs.U32, Cancel::when),
                                field("index", "u32", Codecs.U32, Cancel::index)),
                        "Forget a task.")
                .with(2, "schedule_named", ScheduleNamed.class,
                        struct(ScheduleNamed::new, field("id", "TaskName", Task.NAME, ScheduleNamed::id),
                                field("when", "BlockNumberFor<T>", Codecs.U32, ScheduleNamed::when),
                                field("maybe_periodic", periodicType, periodic, ScheduleNamed::periodic),
                                field("priority", "schedule::Priority", Codecs.U8, ScheduleNamed::priority),
                                field("call", callType, call, ScheduleNamed::call)),
                        "Make a call in a later block, under a name.")
                .with(3, "cancel_named", CancelNamed.class,
                        struct(CancelNamed::new, field("id", "TaskName", Task.NAME, CancelNamed::id)),
                        "Forget a task by its name.")
                .with(4, "schedule_after", ScheduleAfter.class,
                        struct(ScheduleAfter::new,
                                field("after", "BlockNumberFor<T>", Codecs.U32, ScheduleAfter::after),
                                field("maybe_periodic", periodicType, periodic, ScheduleAfter::periodic),
                                field("priority", "schedule::Priority", Codecs.U8, ScheduleAfter::priority),
                                field("call", callType, call, ScheduleAfter::call)),
                        "Make a call after so many blocks.")
                .with(5, "schedule_named_after", ScheduleNamedAfter.class,
                        struct(ScheduleNamedAfter::new, field("id", "TaskName", Task.NAME, ScheduleNamedAfter::id),
                                field("after", "BlockNumberFor<T>", Codecs.U32, ScheduleNamedAfter::after),
                                field("maybe_periodic", periodicType, periodic, ScheduleNamedAfter::periodic),
                                field("priority", "schedule::Priority", Codecs.U8, ScheduleNamedAfter::priority),
                                field("call", callType, call, ScheduleNamedAfter::call)),
                        "Make a call after so many blocks, under a name.")
                .with(6, "set_retry", SetRetry.class,
                        struct(SetRetry::new,
                                field("task", "TaskAddress<BlockNumberFor<T>>", TaskAddress.CODEC, SetRetry::task),
                                field("retries", "u8", Codecs.U8, SetRetry::retries),
                                field("period", "BlockNumberFor<T>", Codecs.U32, SetRetry::period)),
                        "Try a task again where its call fails, so often and after so many blocks each.")
                .with(7, "set_retry_named", SetRetryNamed.class,
                        struct(SetRetryNamed::new, field("id", "TaskName", Task.NAME, SetRetryNamed::id),
                                field("retries", "u8", Codecs.U8, SetRetryNamed::retries),
                                field("period", "BlockNumberFor<T>", Codecs.U32, SetRetryNamed::period)),
                        "Try a task again where its call fails, by its name.")
                .with(8, "cancel_retry", CancelRetry.class,
                        struct(CancelRetry::new,
                                field("task", "TaskAddress<BlockNumberFor<T>>", TaskAddress.CODEC, CancelRetry::task)),
                        "Do not try a task again.")
                .with(9, "cancel_retry_named", CancelRetryNamed.class,
                        struct(CancelRetryNamed::new, field("id", "TaskName", Task.NAME, CancelRetryNamed::id)),
                        "Do not try a task again, by its name.")
                .complete();
    }
}
