package io.vilokanam.pallets.scheduler;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.Period;
import io.vilokanam.frame.schedule.Schedule;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * A call that waits ({@code pallet_scheduler::Scheduled}).
 *
 * @param id 32 bytes
 * @param priority from 0, the first, to 255
 * @param periodic how often it is still repeated after the next time
 */
record Task(Optional<Bytes> id, int priority, Bounded call, Optional<Period> periodic, Origin origin) {

    static final Codec<Bytes> NAME = Codecs.fixedBytes(Schedule.NAME_SIZE);

    static Codec<Task> codec(Codec<Bounded> call, Codec<Origin> origins) {
        return struct(Task::new, field("maybe_id", "Option<Name>", Codecs.option(NAME), Task::id),
                field("priority", "schedule::Priority", Codecs.U8, Task::priority),
                field("call", "Call", call, Task::call),
                field("maybe_periodic", "Option<schedule::Period<BlockNumber>>", Codecs.option(Period.CODEC),
                        Task::periodic),
                field("origin", "PalletsOrigin", origins, Task::origin)).named("pallet_scheduler::Scheduled",
                        TypeParameter.of("Name", NAME.type()), TypeParameter.of("Call", call.type()),
                        TypeParameter.of("BlockNumber", Codecs.U32.type()),
                        TypeParameter.of("PalletsOrigin", origins.type()),
                        TypeParameter.of("AccountId", AccountId.CODEC.type()));
    }

    /** What is tried again: the same call, once and without a name. */
    Task asRetry() {
        return new Task(Optional.empty(), priority, call, Optional.empty(), origin);
    }

    /** The task as it goes back on an agenda after it was worked off. */
    Task repeated() {
        return new Task(id, priority, call,
                periodic.filter(left -> left.count() > 1).map(left -> new Period(left.blocks(), left.count() - 1)),
                origin);
    }
}
