package io.vilokanam.pallets.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo;

/** What waits for which block. A task keeps its place: where one is taken off a hole stays, but at the end. */
final class Agendas {

    private final int tasksMax;
    private final EventSink<SchedulerEvent> events;
    final StorageValue<Long> incompleteSince;
    final StorageMap<TaskAddress, RetryConfig> retries;
    final StorageMap<Bytes, TaskAddress> lookup;
    private final StorageMap<Long, List<Optional<Task>>> agendas;

    Agendas(PalletScope scope, int tasksMax, TypeInfo call, Codec<Origin> origins, EventSink<SchedulerEvent> events) {
        this.tasksMax = tasksMax;
        this.events = events;
        incompleteSince = scope.optionalValue("IncompleteSince", Codecs.U32,
                "The first block whose agenda could not be worked off.");
        agendas = scope.map("Agenda", Hasher.TWOX_64_CONCAT, Codecs.U32,
                BoundedVec.codec(Codecs.option(Task.codec(Bounded.codec(call), origins)), tasksMax), List.of(),
                "What is due at which block. Block numbers need no strong hasher.");
        retries = scope.optionalMap("Retries", Hasher.BLAKE2_128_CONCAT, TaskAddress.CODEC, RetryConfig.CODEC,
                "How tasks are tried again that fail.");
        lookup = scope.optionalMap("Lookup", Hasher.TWOX_64_CONCAT, Task.NAME, TaskAddress.CODEC,
                "Where the task of a name is.");
    }

    /** A copy of an agenda, to be changed and put back. */
    List<Optional<Task>> of(Externalities ext, long when) {
        return new ArrayList<>(agendas.get(ext, when));
    }

    void put(Externalities ext, long when, List<Optional<Task>> agenda) {
        agendas.put(ext, when, agenda);
    }

    void remove(Externalities ext, long when) {
        agendas.remove(ext, when);
    }

    /** The task at an address; empty for a hole too. */
    Optional<Task> find(Externalities ext, TaskAddress address) {
        return at(agendas.get(ext, address.when()), address.index()).flatMap(slot -> slot);
    }

    /** A place of an agenda; empty where it has none of this index. */
    static Optional<Optional<Task>> at(List<Optional<Task>> agenda, long index) {
        return index < agenda.size() ? Optional.of(agenda.get((int) index)) : Optional.empty();
    }

    /** Puts a task on an agenda and says so; empty where that is full. */
    Optional<TaskAddress> place(Externalities ext, long when, Task task) {
        Optional<TaskAddress> address = push(ext, when, task);
        address.ifPresent(placed -> {
            task.id().ifPresent(name -> lookup.put(ext, name, placed));
            events.deposit(ext, new SchedulerEvent.Scheduled(placed.when(), placed.index()));
        });
        return address;
    }

    /** Holes are used only where the agenda is as long as it may be. */
    private Optional<TaskAddress> push(Externalities ext, long when, Task task) {
        List<Optional<Task>> agenda = of(ext, when);
        int index = agenda.size();
        if (index < tasksMax) {
            agenda.add(Optional.of(task));
        } else {
            index = agenda.indexOf(Optional.<Task>empty());
            if (index < 0) {
                return Optional.empty();
            }
            agenda.set(index, Optional.of(task));
        }
        put(ext, when, agenda);
        return Optional.of(new TaskAddress(when, index));
    }

    /** Cuts the holes at the end off, and the whole agenda where nothing else is left. */
    void cleanUp(Externalities ext, long when) {
        List<Optional<Task>> agenda = of(ext, when);
        int size = agenda.size();
        while (!agenda.isEmpty() && agenda.getLast().isEmpty()) {
            agenda.removeLast();
        }
        if (agenda.isEmpty()) {
            remove(ext, when);
        } else if (agenda.size() < size) {
            put(ext, when, agenda);
        }
    }
}
