package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.schedule.Period;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.preimage.PreimageCall;
import io.vilokanam.pallets.scheduler.SchedulerCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Bytes noted and asked for by their hash, and calls to come: Preimage and Scheduler. */
final class SchedulingCalls implements CallSource {

    private static final int NAMES = 5;
    private static final int PREIMAGES = 6;
    private static final int TASKS_MAX = 50;
    /** More than all tasks of a block may use. */
    private static final Weight TOO_LARGE = new Weight(900_000_000_000L, 0);
    private static final int UPDATES_MAX = 1_024;

    @Override
    public List<String> pallets() {
        return List.of("Preimage", "Scheduler");
    }

    private static RuntimeCall call(World world, PreimageCall call) {
        return world.call(world.pallets().townHall().orElseThrow().teamAccounts().preimage(), call);
    }

    private static RuntimeCall call(World world, SchedulerCall call) {
        return world.call(world.pallets().townHall().orElseThrow().teamAccounts().scheduler(), call);
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        RuntimeCall call = world.oneIn(3) ? preimage(world) : call(world, scheduler(world, depth));
        return world.oneIn(3) ? call : world.byRoot(call);
    }

    private static Bytes preimageOf(int number) {
        return Bytes.wrap(new byte[number * 90 + number]);
    }

    private static Hash hash(World world) {
        int number = world.random().nextInt(PREIMAGES);
        return number == 0 ? Hash.ZERO : Hash.wrap(new HostHashing().blake2b256(preimageOf(number).view()));
    }

    private static RuntimeCall preimage(World world) {
        RuntimeCall call = call(world, switch (world.random().nextInt(8)) {
            case 0, 1, 2 -> new PreimageCall.NotePreimage(preimageOf(world.random().nextInt(PREIMAGES)));
            case 3 -> new PreimageCall.UnnotePreimage(hash(world));
            case 4, 5 -> new PreimageCall.RequestPreimage(hash(world));
            case 6 -> new PreimageCall.UnrequestPreimage(hash(world));
            default -> new PreimageCall.EnsureUpdated(hashes(world));
        });
        return call;
    }

    private static List<Hash> hashes(World world) {
        if (world.oneIn(5)) {
            return Collections.nCopies(UPDATES_MAX + world.random().nextInt(2), Hash.ZERO);
        }
        List<Hash> hashes = new ArrayList<>();
        for (int i = world.random().nextInt(4); i > 0; i--) {
            hashes.add(hash(world));
        }
        return hashes;
    }

    private static Bytes name(World world) {
        return Bytes.wrap(new HostHashing().blake2b256(new byte[]{(byte) world.random().nextInt(NAMES)}));
    }

    private static long soon(World world) {
        return world.oneIn(10) ? world.random().nextInt(3) : world.number() + world.random().nextInt(6);
    }

    private static SchedulerCall scheduler(World world, int depth) {
        SplittableRandom random = world.random();
        Optional<Period> periodic = world.oneIn(3)
                ? Optional.of(new Period(random.nextInt(4), random.nextInt(4)))
                : Optional.empty();
        int priority = world.oneIn(2) ? 63 : random.nextInt(256);
        RuntimeCall inner = inner(world, depth);
        TaskAddress task = new TaskAddress(soon(world), random.nextInt(3));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new SchedulerCall.Schedule(soon(world), periodic, priority, inner);
            case 3 -> new SchedulerCall.Cancel(task.when(), task.index());
            case 4, 5, 6 -> new SchedulerCall.ScheduleNamed(name(world), soon(world), periodic, priority, inner);
            case 7 -> new SchedulerCall.CancelNamed(name(world));
            case 8, 9 -> new SchedulerCall.ScheduleAfter(random.nextInt(4), periodic, priority, inner);
            case 10 -> new SchedulerCall.ScheduleNamedAfter(name(world), random.nextInt(4), periodic, priority, inner);
            case 11, 12 -> new SchedulerCall.SetRetry(task, random.nextInt(4), random.nextInt(3));
            case 13 -> new SchedulerCall.SetRetryNamed(name(world), random.nextInt(4), random.nextInt(3));
            case 14 -> new SchedulerCall.CancelRetry(task);
            default -> new SchedulerCall.CancelRetryNamed(name(world));
        };
    }

    /** Small calls stay within the agenda, large ones become preimages. */
    private static RuntimeCall inner(World world, int depth) {
        if (depth > 3 || world.oneIn(2)) {
            return world.call(world.pallets().system(), new SystemCall.RemarkWithEvent(
                    Bytes.wrap(new byte[world.oneIn(3) ? 300 : world.random().nextInt(20)])));
        }
        return world.anyCall(depth + 1);
    }

    /** A named task that repeats, is retried where it fails, and is cancelled; and bytes that root asks for and lets go. */
    @Override
    public void story(World world) {
        Bytes name = name(world);
        world.actByRoot(call(world, new SchedulerCall.ScheduleNamed(name, world.number() + 2,
                Optional.of(new Period(1 + world.random().nextInt(3), 3)), world.random().nextInt(256),
                inner(world, 1))));
        world.actByRoot(call(world, new SchedulerCall.SetRetryNamed(name, 2, 1)));
        for (int i = 0; i < 3; i++) {
            world.actByRoot(call(world, scheduler(world, 1)));
        }
        if (world.oneIn(4)) {
            fillTheAgenda(world);
        }
        world.later(4, then -> then.actByRoot(call(then, then.oneIn(2) ? new SchedulerCall.CancelNamed(name)
                : new SchedulerCall.CancelRetryNamed(name))));
        int number = 1 + world.random().nextInt(PREIMAGES - 1);
        Hash hash = Hash.wrap(new HostHashing().blake2b256(preimageOf(number).view()));
        world.act(world.actors().signer(), call(world, new PreimageCall.NotePreimage(preimageOf(number))));
        world.actByRoot(call(world, new PreimageCall.RequestPreimage(hash)));
        world.later(2, then -> {
            then.act(then.actors().signer(), call(then, new PreimageCall.UnnotePreimage(hash)));
            then.actByRoot(call(then, new PreimageCall.UnrequestPreimage(hash)));
            then.act(then.actors().signer(), call(then, new PreimageCall.NotePreimage(preimageOf(number))));
        });
    }

    /** Where no more tasks fit, one that should be repeated is not, nor one that failed and should be tried again. */
    private static void fillTheAgenda(World world) {
        long now = world.number();
        RuntimeCall fails = world.call(world.pallets().balances(), new Balances.Call.TransferAllowDeath(
                MultiAddress.of(Actors.alice().id()), U128.ONE));
        List<RuntimeCall> calls = new ArrayList<>();
        Bytes name = Bytes.wrap(new HostHashing().blake2b256(new byte[]{NAMES, (byte) now}));
        calls.add(call(world, new SchedulerCall.ScheduleNamed(name, now + 2, Optional.empty(), 0, fails)));
        calls.add(call(world, new SchedulerCall.SetRetryNamed(name, 3, 2)));
        RuntimeCall small = world.call(world.pallets().system(), new SystemCall.Remark(Bytes.EMPTY));
        calls.add(call(world, new SchedulerCall.Schedule(now + 2, Optional.of(new Period(2, 3)), 0, small)));
        RuntimeCall heavy = world.call(world.pallets().utility(), new Utility.Call.WithWeight(small, TOO_LARGE));
        calls.add(call(world, new SchedulerCall.Schedule(now + 3, Optional.empty(), 0, heavy)));
        for (int i = 0; i < TASKS_MAX; i++) {
            calls.add(call(world, new SchedulerCall.Schedule(now + 4, Optional.empty(), 128, small)));
        }
        world.actByRoot(world.call(world.pallets().utility(), new Utility.Call.ForceBatch(calls)));
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("no extrinsic is as long as that", List.of("error Preimage.TooBig"),
                "the pallet never returns it", List.of("error Preimage.Requested"),
                "nobody puts tasks off", List.of("error Scheduler.Named", "error Scheduler.RescheduleNoChange"));
    }
}
